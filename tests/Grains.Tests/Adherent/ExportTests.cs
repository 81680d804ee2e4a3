using System.Text.Json;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Sessions;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>All that is kept of an adherent, as he may take it with him.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class ExportTests(AdherentCluster cluster)
{
    private static readonly Password own = new(TestAdherent.OwnPassword);

    [Fact]
    public async Task His_data_is_all_that_he_gave_all_that_happened_and_what_the_caisses_know()
    {
        var fritz = cluster.NewAdherent();
        var session = await fritz.Connect();
        var begun = cluster.Now;
        var moved = new PostalAddress("8 rue Haute", "68000", "Colmar");
        Assert.True(await fritz.Contact.TellAddress(session, moved));
        Assert.True(await fritz.Contact.ChooseReception(session, new(ReceptionMode.Paper, ReceptionMode.Email)));
        Assert.Equal(EmailChangeOutcome.ToProve, await fritz.Contact.ChangeEmail(session, own, Samples.OtherEmail));
        await fritz.ReceiveLetters();
        await fritz.RequestDepartment(session, "2A");
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        var data = Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own)).Data;

        Assert.Equal((cluster.Now, fritz.Nir, "LAMY", null, "FRITZ", new DateOnly(1963, 9, 12)), (data.At, data.Nir, data.BirthName, data.UsedName, data.GivenNames, data.BirthDate));
        Assert.Equal((begun, "2026-01", begun, begun), (data.SignedUpAt, data.TermsVersion, data.PasswordChangedAt, data.EmailVerifiedAt));
        Assert.Equal(new(Samples.Email, Samples.FritzDeclares.MobilePhone, null, null), data.Contact.Card);
        Assert.Equal((Samples.OtherEmail, new(ReceptionMode.Paper, ReceptionMode.Email), Samples.Fritz.Address), (data.Contact.PendingEmail, data.Contact.Reception, data.Contact.Address));
        Assert.Equal([new AddressChangeSummary(moved, begun, null, null)], data.Contact.AddressChanges);
        Assert.Equal(["67", "68"], data.Enrolments.Active.Select(d => d.Department));
        Assert.Equal("2A", Assert.Single(data.Enrolments.Requests).Department);
        Assert.Equal(new OpenSessionSummary(IsThisOne: true, begun, begun, Samples.Origin), Assert.Single(data.Sessions.Open));
        Assert.Equal([new SignInSummary(begun, SignInMeans.ProvisionalPassword, Samples.Origin)], data.Sessions.SignIns);
        Assert.Equal([new VerificationRecord(begun, ByCard: true, Matched: true)], data.Verifications);
        Assert.Equal(
            [
                new LetterRecord("ProvisionalPassword", Samples.Email, begun, begun, null),
                new("EmailChangeLink", Samples.OtherEmail, begun, begun, null),
                new("EmailChangeRequested", Samples.Email, begun, begun, null),
                new("DepartmentCode", Samples.Email, begun, null, null),
            ],
            data.Letters);
        var registry = data.Registry!;
        Assert.Equal(("LAMY", null, "Male", "67482", "99100", true, Samples.Fritz.CardSerial), (registry.BirthName, registry.UsedName, registry.Sex, registry.BirthPlaceCode, registry.BirthCountryCode, registry.HealthInsured, registry.CardSerial));
        Assert.Equal((Samples.Fritz.BirthDate, Samples.Fritz.Address), (registry.BirthDate, registry.Address));
        Assert.Equal([["FRITZ"], ["67", "68"]], new[] { registry.GivenNames, registry.Departments });
        Assert.Equal([22.50m, 2.50m, 59.00m, 18.55m], data.Payments.Select(p => p.Amount));
        Assert.Empty(data.ClosedAccounts);
    }

    [Fact]
    public async Task No_password_code_token_or_hash_is_among_his_data()
    {
        var fritz = cluster.NewAdherent();
        var code = await fritz.ReceiveCode(await fritz.Connect());
        var provisional = await fritz.Recover();
        var (session, _) = await fritz.SignIn(TestAdherent.OwnPassword);

        var data = JsonSerializer.Serialize(Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, own)).Data);

        Assert.Contains("LAMY", data, StringComparison.Ordinal);
        var stored = fritz.Stored!;
        var hashes = stored.Credentials.PersonalHashes.Concat(stored.Credentials.ProvisionalHashes).Concat(stored.Enrolments.CodesAt(cluster.Now)).ToList();
        Assert.Equal(3, hashes.Count);
        foreach (var secret in hashes.SelectMany(h => new[] { h.Hash, h.Salt })
            .Concat([TestAdherent.OwnPassword, provisional, code.Value, session.Secret, stored.Sessions.Open[^1].TokenHash, stored.Registration.Completed!.TicketHash]))
            Assert.DoesNotContain(JsonEncodedText.Encode(secret).ToString(), data, StringComparison.Ordinal);
    }
}
