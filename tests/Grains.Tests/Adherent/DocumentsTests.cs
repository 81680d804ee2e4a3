using System.Text;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Space;
using MsaOrleans.Grains.Telemetry;
using MsaOrleans.Testing;
using static MsaOrleans.Grains.Tests.Adherent.Fakes.MemoryRows;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Certificates: what they say, who opens them, how long they are kept.</summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class DocumentsTests(AdherentCluster cluster)
{
    private static readonly CertificateRequest rights = new();

    private DateOnly Today => FrenchCalendar.DayOf(cluster.Now);

    private PaymentPeriod LastMonths => new(Today.AddMonths(-4), Today);

    [Fact]
    public async Task Whoever_is_insured_gets_a_certificate_of_it_that_he_and_its_holder_can_look_at()
    {
        var (fritz, session) = await Connected();
        var id = await Made(fritz, session, rights);

        var paper = cluster.Press.LastOf(fritz.Nir)!;
        Assert.Equal((fritz.Nir, "LAMY", cluster.Now, null, 0), (paper.Nir, paper.Person.BirthName, paper.MadeAt, paper.Period, paper.Payments.Count));
        var filed = (await fritz.Documents.Open(session, id))!;
        Assert.Equal(paper.Code.Grouped, Encoding.UTF8.GetString(filed.Content));
        Assert.Equal((CertificateKind.HealthRights, cluster.Now, cluster.Now.AddYears(1), filed.Content.Length, paper.Code), (filed.About.Kind, filed.About.MadeAt, filed.About.KeptUntil, filed.About.Size, filed.About.Code));
        Assert.Equal(new IssuedCertificate(CertificateKind.HealthRights, "LAMY FRITZ", null, cluster.Now, cluster.Now.AddYears(1)), await fritz.Certificates.Verify(paper.Code));
        Assert.Null(await fritz.Certificates.Verify(VerificationCode.New()));
        var shelf = (await fritz.Documents.All(session))!;
        Assert.Equal((filed.About, true, "2026-01", cluster.Now), (Assert.Single(shelf.Certificates), shelf.HealthInsured, shelf.TermsVersion, shelf.TermsAcceptedAt));
    }

    [Fact]
    public async Task Whoever_is_not_insured_or_not_known_any_more_gets_none_and_is_told()
    {
        var (fritz, session) = await Connected();
        cluster.Registry.Know(fritz.Key, Samples.Fritz with { HealthInsured = false }, Today);
        Assert.IsType<CertificateOutcome.NotInsured>(await fritz.Documents.Certify(session, rights));
        Assert.False((await fritz.Documents.All(session))!.HealthInsured);
        await Made(fritz, session, new(LastMonths)); // payments are another matter

        cluster.Registry.Forget(fritz.Key);
        Assert.IsType<CertificateOutcome.NotInsured>(await fritz.Documents.Certify(session, rights));
        Assert.IsType<CertificateOutcome.NoPayments>(await fritz.Documents.Certify(session, new(LastMonths)));
        cluster.Registry.Break(fritz.Key);
        Assert.Null((await fritz.Documents.All(session))!.HealthInsured);
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.Documents.Certify(session, rights));
        Assert.Single(fritz.Stored!.Documents.Certificates);
    }

    [Fact]
    public async Task Payments_are_those_of_the_period_first_and_last_day_included_oldest_first()
    {
        var (fritz, session) = await Connected();
        cluster.Registry.Pay(fritz.Key, [new(Today, "Santé", 1m), new(Today.AddDays(-1), "Retraite", -3m), new(Today.AddDays(-9), "Santé", 0m), new(Today.AddDays(-10), "Santé", 5m), new(new(1900, 1, 1), "Santé", 9m)]);
        await Made(fritz, session, new(new PaymentPeriod(Today.AddDays(-9), Today.AddDays(-1))));
        Assert.Equal([0m, -3m], cluster.Press.LastOf(fritz.Nir)!.Payments.Select(p => p.Amount));
        await Made(fritz, session, new(new PaymentPeriod(Today, Today)));
        Assert.Equal([1m], cluster.Press.LastOf(fritz.Nir)!.Payments.Select(p => p.Amount));
        Assert.Equal(new PaymentPeriod(Today, Today), (await fritz.Documents.All(session))!.Certificates[0].Period);
    }

    [Fact]
    public async Task Without_a_payment_or_with_a_period_that_cannot_be_there_is_no_certificate()
    {
        var (fritz, session) = await Connected();
        foreach (var (from, to) in ((int, int)[])[(-8, -1), (1, 2), (-1, 1), (0, -12), (-20_000, 0)])
            Assert.IsType<CertificateOutcome.NoPayments>(await fritz.Documents.Certify(session, new(new PaymentPeriod(Today.AddDays(from), Today.AddDays(to)))));
        Assert.Empty(cluster.Files.Of(fritz.Key));
    }

    [Fact]
    public async Task A_certificate_lists_a_thousand_payments_and_twenty_thousand_are_told_to_be_too_many()
    {
        var (fritz, session) = await Connected();
        cluster.Registry.Pay(fritz.Key, [.. Enumerable.Repeat(new Payment(Today, "Santé", 1m), 20_000)]);
        Assert.Equal(new CertificateOutcome.TooManyPayments(20_000, 1_000), await fritz.Documents.Certify(session, new(LastMonths)));
        cluster.Registry.Pay(fritz.Key, [.. Enumerable.Repeat(new Payment(Today, "Santé", 1m), 1_000)]);
        await Made(fritz, session, new(LastMonths));
    }

    [Fact]
    public async Task Twenty_may_be_made_within_a_day()
    {
        var (fritz, session) = await Connected();
        for (var i = 0; i < Documents.MostADay; i++)
            await Made(fritz, session, rights);
        Assert.IsType<CertificateOutcome.TooMany>(await fritz.Documents.Certify(session, rights));
        Assert.Equal(Documents.MostADay, cluster.Files.Of(fritz.Key).Count);

        cluster.Clock.Advance(TimeSpan.FromDays(1));
        session = (await fritz.SignIn(TestAdherent.OwnPassword)).Session;
        await Made(fritz, session, rights);
    }

    [Fact]
    public async Task Another_s_document_cannot_be_opened_and_whoever_tries_is_counted()
    {
        var (fritz, session) = await Connected();
        var id = await Made(fritz, session, rights);
        var (other, others) = await Connected();
        using var measures = new Measures(cluster.Meters, AdherentMeter.Name);
        Assert.Null(await other.Documents.Open(others, id));
        Assert.Single(measures.All, measured => measured.Name == "msa.documents.refused");
        Assert.Null(await fritz.Documents.Open(others, id)); // another's session opens nothing, and asks for nothing
        Assert.Null(await fritz.Documents.All(others));
        Assert.IsType<CertificateOutcome.NotAllowed>(await fritz.Documents.Certify(others, rights));
        Assert.NotNull(await fritz.Documents.Open(session, id));
    }

    [Fact]
    public async Task After_a_year_neither_the_file_nor_its_code_is_there()
    {
        var (fritz, session) = await Connected();
        var id = await Made(fritz, session, rights);
        var code = cluster.Press.LastOf(fritz.Nir)!.Code;
        var end = cluster.Now.AddYears(1);
        Assert.Equal(end, fritz.Stored!.DueAt);

        cluster.Clock.Advance(end - cluster.Now - TimeSpan.FromTicks(1));
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Equal([id], cluster.Files.Of(fritz.Key));
        Assert.NotNull(await fritz.Certificates.Verify(code));
        cluster.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await fritz.Certificates.Verify(code)); // before the sweep has come by
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Empty(cluster.Files.Of(fritz.Key));
        Assert.Null(fritz.Stored.Documents.DueAt);
    }

    [Fact]
    public async Task With_the_account_the_files_go()
    {
        var (fritz, session) = await Connected();
        await Made(fritz, session, rights);
        var code = cluster.Press.LastOf(fritz.Nir)!.Code;
        Assert.Equal(CloseOutcome.Closed, await fritz.Account.Close(session, new(TestAdherent.OwnPassword)));
        Assert.Null(await fritz.Certificates.Verify(code));
        Assert.Equal(cluster.Now, fritz.Stored!.DueAt); // the sweep comes within a minute
        await fritz.ReceiveLetters();
        Assert.NotEmpty(cluster.Files.Of(fritz.Key));
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.Empty(cluster.Files.Of(fritz.Key));
        Assert.Equal(new(), fritz.Stored.Documents with { Certificates = new Documents().Certificates });
    }

    [Fact]
    public async Task A_certificate_that_could_not_be_filed_is_none_and_its_file_goes_with_the_next_that_do()
    {
        var (fritz, session) = await Connected();
        cluster.Rows.FailNext(fritz.Key, Failure.BeforeSaving);
        await Assert.ThrowsAnyAsync<Exception>(() => fritz.Documents.Certify(session, rights));
        Assert.Empty((await fritz.Documents.All(session))!.Certificates);
        var leftover = Assert.Single(cluster.Files.Of(fritz.Key));
        await Made(fritz, session, rights);
        cluster.Clock.Advance(TimeSpan.FromDays(366));
        await fritz.Dispatches.Sweep(queueLost: false);
        Assert.DoesNotContain(leftover, cluster.Files.Of(fritz.Key));
    }

    [Fact]
    public async Task His_data_lists_them()
    {
        var (fritz, session) = await Connected();
        await Made(fritz, session, new(LastMonths));
        var data = Assert.IsType<ExportOutcome.Exported>(await fritz.Account.Export(session, new(TestAdherent.OwnPassword))).Data;
        Assert.Equal((CertificateKind.Payments, LastMonths), (Assert.Single(data.Certificates).Kind, data.Certificates[0].Period));
    }

    private static async Task<Guid> Made(TestAdherent adherent, SessionToken session, CertificateRequest request) =>
        Assert.IsType<CertificateOutcome.Made>(await adherent.Documents.Certify(session, request)).Document;

    private async Task<(TestAdherent Fritz, SessionToken Session)> Connected()
    {
        var fritz = cluster.NewAdherent();
        return (fritz, await fritz.Connect());
    }
}
