using FsCheck.Xunit;
using Microsoft.AspNetCore.DataProtection;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;
using MsaOrleans.Silo.Audit;

namespace MsaOrleans.Silo.Tests.Audit;

/// <summary>Whatever is done to the rows of the record behind its back is found, and the entry named.</summary>
public sealed class AuditChainTests
{
    private static readonly EphemeralDataProtectionProvider keys = new();
    private static readonly AuditChain chain = new(keys, new(new byte[32]));
    private static readonly List<AuditRow> record = Record(12);

    public enum Tampering
    {
        Remove,
        RemoveAndRenumber,
        InsertACopy,
        SwapWhole,
        SwapContents,
        ChangeTime,
        ChangeAgent,
        ChangeAct,
        ChangeAdherent,
        ChangeHash,
        FlipABit,
        SealAnotherReason,
    }

    [Property(MaxTest = 500)]
    public async Task Any_change_is_found_and_the_first_entry_that_it_touched_is_named(Tampering tampering, byte where, byte other)
    {
        var rows = record.ToList();
        var (i, j) = (where % rows.Count, other % rows.Count);
        if (tampering is Tampering.SwapWhole or Tampering.SwapContents && i == j)
            j = (i + 1) % rows.Count;
        Tamper(rows, tampering, i, j, other);

        var verdict = await chain.Verify(rows.ToAsyncEnumerable(), record[^1].Head);

        var touched = record.Select((row, k) => k < rows.Count && rows[k] == row).ToList().IndexOf(false);
        if (touched < 0)
            touched = record.Count; // added after all others
        Assert.Equal(touched + 1, verdict.Flaw?.Sequence);
        Assert.Equal(touched == 0 ? AuditHead.Nothing : record[touched - 1].Head, verdict.Head);
        Assert.Contains($"Entry {touched + 1} ", $"{verdict.Flaw}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_was_done()
    {
        Assert.Equal(new AuditVerdict(record[^1].Head), await chain.Verify(record.ToAsyncEnumerable()));
        Assert.Equal(new AuditVerdict(record[^1].Head), await chain.Verify(record.ToAsyncEnumerable(), record[4].Head));
        Assert.Equal(new AuditVerdict(AuditHead.Nothing), await chain.Verify(AsyncEnumerable.Empty<AuditRow>(), AuditHead.Nothing));
    }

    [Fact]
    public async Task An_end_that_was_cut_off_shows_against_a_head_that_was_noted_and_only_there()
    {
        var cut = record.Take(9);
        Assert.Null((await chain.Verify(cut.ToAsyncEnumerable())).Flaw);
        Assert.Equal(new(10, AuditFault.CutOff), (await chain.Verify(cut.ToAsyncEnumerable(), record[^1].Head)).Flaw);
    }

    [Fact]
    public async Task A_record_written_again_by_somebody_with_the_key_shows_against_a_head_that_was_noted() =>
        Assert.Equal(new(12, AuditFault.NotAsNoted), (await chain.Verify(Record(20).ToAsyncEnumerable(), record[^1].Head)).Flaw);

    [Fact]
    public async Task Entries_of_another_record_under_the_same_key_do_not_fit_into_this_one()
    {
        var restored = Record(20); // a copy from before, say, to which other things were added
        Assert.Equal(new(7, AuditFault.Altered), (await chain.Verify(record.Select((row, k) => k == 6 ? restored[k] : row).ToAsyncEnumerable())).Flaw);
        Assert.Equal(new(7, AuditFault.Altered), (await chain.Verify(record.Select((row, k) => k < 6 ? restored[k] : row).ToAsyncEnumerable())).Flaw);
    }

    [Fact]
    public async Task Another_pseudonym_key_is_told_at_the_first_entry()
    {
        var verdict = await new AuditChain(keys, new([1, .. new byte[31]])).Verify(record.ToAsyncEnumerable());
        Assert.Contains("Entry 1 ", $"{verdict.Flaw}", StringComparison.Ordinal);
        Assert.Contains("Adherents:PseudonymKey is not the key", $"{verdict.Flaw}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("17:")]
    [InlineData("17:00")]
    [InlineData("-1:00000000000000000000000000000000")]
    [InlineData("1:00000000000000000000000000000000:")]
    public void A_head_that_is_none_is_not_taken_for_one(string text) => Assert.False(AuditHead.TryParse(text, out _));

    [Fact]
    public void A_head_reads_as_it_is_written()
    {
        Assert.True(AuditHead.TryParse(record[^1].Head.ToString(), out var read));
        Assert.Equal(record[^1].Head, read);
    }

    [Fact]
    public void What_is_sealed_does_not_show_and_what_is_read_is_what_was_written()
    {
        var adherent = Guid.NewGuid();
        var by = new AgentAct("marc", "Il ne reçoit pas son mot de passe", "C-2026-118");
        var row = chain.Next(record[^1].Head, new(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123), AuditedAct.SentProvisionalPassword, by, adherent, "renvoyé"));
        Assert.Equal(new(13, DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123), AuditedAct.SentProvisionalPassword, by, adherent, "renvoyé", Legible: true), chain.Read(row));
        Assert.DoesNotContain("renvoy", System.Text.Encoding.UTF8.GetString(row.Content), StringComparison.Ordinal);
    }

    [Fact]
    public void An_act_of_a_newer_version_and_an_entry_that_cannot_be_opened_keep_nobody_from_reading()
    {
        var line = chain.Read(record[0] with { Act = "OfTomorrow", Content = [1, 2, 3] });
        Assert.Equal((false, "", null), (line.Legible, line.By.Reason, line.Detail));
        Assert.False(Enum.IsDefined(line.Act));
    }

    private static void Tamper(List<AuditRow> rows, Tampering tampering, int i, int j, byte salt)
    {
        var row = rows[i];
        switch (tampering)
        {
            case Tampering.Remove:
                rows.RemoveAt(i);
                break;
            case Tampering.RemoveAndRenumber:
                rows.RemoveAt(i);
                Renumber(rows);
                break;
            case Tampering.InsertACopy:
                rows.Insert(j, row);
                Renumber(rows);
                break;
            case Tampering.SwapWhole:
                (rows[i], rows[j]) = (rows[j], rows[i]);
                Renumber(rows);
                break;
            case Tampering.SwapContents:
                (rows[i], rows[j]) = (row with { Content = rows[j].Content }, rows[j] with { Content = row.Content });
                break;
            case Tampering.ChangeTime:
                rows[i] = row with { At = row.At + salt + 1 };
                break;
            case Tampering.ChangeAgent:
                rows[i] = row with { Agent = row.Agent + (char)('a' + (salt % 26)) };
                break;
            case Tampering.ChangeAct:
                rows[i] = row with { Act = row.Act == nameof(AuditedAct.Searched) ? nameof(AuditedAct.SignedIn) : nameof(AuditedAct.Searched) };
                break;
            case Tampering.ChangeAdherent:
                rows[i] = row with { Adherent = row.Adherent is null ? Guid.Empty : salt % 2 == 0 ? null : Guid.NewGuid() };
                break;
            case Tampering.ChangeHash:
                rows[i] = row with { Hash = Guid.NewGuid() };
                break;
            case Tampering.FlipABit:
                var content = row.Content.ToArray();
                content[(salt * 7) % content.Length] ^= (byte)(1 << (salt % 8));
                rows[i] = row with { Content = content };
                break;
            case Tampering.SealAnotherReason: // by somebody who has the encryption keys
                rows[i] = row with { Content = chain.Seal(row.Sequence, """{"Reason":"Autre"}"""u8.ToArray()) };
                break;
        }
    }

    private static void Renumber(List<AuditRow> rows)
    {
        for (var k = 0; k < rows.Count; k++)
            rows[k] = rows[k].Sequence == k + 1 ? rows[k] : rows[k] with { Sequence = k + 1 };
    }

    private static List<AuditRow> Record(int length)
    {
        var rows = new List<AuditRow>();
        for (var k = 0; k < length; k++)
        {
            var entry = new AuditEntry(
                DateTimeOffset.UnixEpoch.AddHours(k), (AuditedAct)(k % 8), new($"agent{k % 3}", $"Appel {k} de {length}", k % 2 == 0 ? null : $"C-{k}"), k % 3 == 0 ? null : Guid.NewGuid());
            rows.Add(chain.Next(rows is [.., var last] ? last.Head : AuditHead.Nothing, entry));
        }
        return rows;
    }
}
