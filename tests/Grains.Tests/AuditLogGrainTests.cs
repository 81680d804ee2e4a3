using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests;

public sealed class AuditLogGrainTests
{
    private static readonly AgentAct supervisor = new("sophie", "Plainte 12", "C-7");
    private static readonly Guid adherent = Guid.NewGuid();

    [Fact]
    public async Task Who_reads_the_record_is_on_it_before_he_sees_anything()
    {
        var record = new Record();

        await new AuditLogGrain(record, record, new FakeTimeProvider(Samples.Now)).Search(new(Adherent: adherent), supervisor);

        Assert.Equal([new AuditEntry(Samples.Now, AuditedAct.ReadAudit, supervisor, adherent), (new AuditQuery(Adherent: adherent), 50)], record.Asked);
    }

    [Fact]
    public async Task An_export_is_one_entry_that_says_so_however_long_it_is()
    {
        var record = new Record();

        await new AuditLogGrain(record, record, new FakeTimeProvider(Samples.Now)).Export(new(Agent: "marie"), supervisor);

        Assert.Equal([new AuditEntry(Samples.Now, AuditedAct.ReadAudit, supervisor, Detail: "export"), (new AuditQuery(Agent: "marie"), 5_000)], record.Asked);
    }

    [Fact]
    public async Task Who_cannot_be_put_on_record_sees_nothing()
    {
        var record = new Record { IsAway = true };

        var log = new AuditLogGrain(record, record, new FakeTimeProvider(Samples.Now));
        await Assert.ThrowsAsync<IOException>(() => log.Search(new(), supervisor));
        await Assert.ThrowsAsync<IOException>(() => log.Export(new(), supervisor));

        Assert.Empty(record.Asked);
    }

    private sealed class Record : IAuditTrail, IAuditSearch
    {
        public bool IsAway { get; init; }

        public List<object> Asked { get; } = [];

        public Task Append(AuditEntry entry)
        {
            if (IsAway)
                throw new IOException("away");
            Asked.Add(entry);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<AuditEntry>> About(Guid adherent, int most) => throw new NotSupportedException();

        public Task<AuditPage> Search(AuditQuery query, int most)
        {
            Asked.Add((query, most));
            return Task.FromResult(new AuditPage([], null));
        }

        public Task<IReadOnlyList<AuditLine>> Latest(AuditedAct act, DateTimeOffset from, int most) => throw new NotSupportedException();
    }
}
