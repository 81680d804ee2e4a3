using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using static MsaOrleans.Grains.Tests.Samples;
using static MsaOrleans.Grains.Tests.Storage.GoldenRows;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>Rows that other versions wrote: what an older one did not know takes its default, what a newer one added is skipped.</summary>
public sealed class AdherentStateFormsTests
{
    [Theory]
    [MemberData(nameof(Forms), MemberType = typeof(GoldenRows))]
    public void Yesterday_s_row_reads_as_it_was_meant(string form)
    {
        var (meant, read) = (Meant(form), Read(Golden(form)));

        Assert.Equal(Write(meant), Write(read));
        Assert.Equal(meant.Identity, read.Identity);
        Assert.Equal(meant.Registration.Drafts, read.Registration.Drafts);
        Assert.Equal(meant.Credentials.Personal, read.Credentials.Personal);
        Assert.Equal(meant.Verification.Attempts, read.Verification.Attempts);
        Assert.Equal(meant.Sessions.Open, read.Sessions.Open);
        Assert.Equal(meant.Enrolments.Departments, read.Enrolments.Departments);
        Assert.Equal(meant.Enrolments.Requests.ConvertAll(Codeless), read.Enrolments.Requests.ConvertAll(Codeless));
        Assert.Equal(meant.Enrolments.Requests.SelectMany(r => r.Code?.Hashes ?? []), read.Enrolments.Requests.SelectMany(r => r.Code?.Hashes ?? []));
        Assert.Equal(meant.Dispatches.All, read.Dispatches.All);
        Assert.Equal(meant.Registration.Completed, read.Registration.Completed);
        Assert.Equal(meant.Credentials.SignIns, read.Credentials.SignIns);
        Assert.Equal(meant.Contact.Reception, read.Contact.Reception);
        Assert.Equal(meant.Contact.AddressChanges.All, read.Contact.AddressChanges.All);
        Assert.Equal(meant.Recovery.Granted, read.Recovery.Granted);
        Assert.Equal(meant.Recovery.LastIgnoredAt, read.Recovery.LastIgnoredAt);
        Assert.Equal(meant.Closures, read.Closures);
        Assert.Equal(meant.FranceConnect, read.FranceConnect);
        Assert.Equal(meant.Assistance.Notes, read.Assistance.Notes);
        Assert.Equal(meant.Assistance.PasswordsSent, read.Assistance.PasswordsSent);
        Assert.Equal(meant.Conversations.All.SelectMany(c => c.Messages.Select(Fileless)), read.Conversations.All.SelectMany(c => c.Messages.Select(Fileless)));
        Assert.Equal(meant.Conversations.Attachments, read.Conversations.Attachments);
        Assert.Equal(meant.Documents.Certificates, read.Documents.Certificates);
        Assert.Equal(meant.PostalCopies.All, read.PostalCopies.All);
        Assert.Equal(meant.DueAt, read.DueAt);

        static (DateTimeOffset, string?, string) Fileless(Message message) => (message.At, message.Agent, message.Text);

        static EnrolmentRequest Codeless(EnrolmentRequest request) => request with { Code = null };
    }

    [Fact]
    public void The_departments_of_the_first_form_were_opened_by_the_caisses_and_none_was_asked_for()
    {
        var read = Read(Golden("adherent-v1.json"));

        Assert.Equal([("2A", EnrolmentOrigin.Automatic), ("68", EnrolmentOrigin.Automatic)], read.Enrolments.Departments.Select(d => (d.Department, d.Origin)));
        Assert.Empty(read.Enrolments.Requests);
        Assert.Null(Assert.Single(read.Sessions.Open).Enrolment);
    }

    [Theory]
    [InlineData("adherent-v1.json")]
    [InlineData("adherent-v2.json")]
    public void Whoever_signed_up_before_has_forgotten_no_password_closed_no_account_and_gets_everything_by_mail(string form)
    {
        var read = Read(Golden(form));

        Assert.True(read.Recovery.IsClean);
        Assert.True(read.Recovery.Allows(Now));
        Assert.Empty(read.Closures);
        Assert.Empty(read.Credentials.SignIns);
        Assert.Equal(new(), read.Contact.Reception);
        Assert.Empty(read.Contact.AddressChanges.All);
        Assert.Null(read.Registration.Completed!.EraseUnopenedAt);
        Assert.All(read.Sessions.Open, session => Assert.Null(session.Origin));
    }

    [Theory]
    [InlineData("adherent-v1.json")]
    [InlineData("adherent-v2.json")]
    [InlineData("adherent-v3.json")]
    public void About_whoever_signed_up_before_the_hotline_has_noted_nothing(string form)
    {
        var read = Read(Golden(form));

        Assert.True(read.Assistance.IsClean);
        Assert.All(read.Verification.Attempts, attempt => Assert.Null(attempt.LockedUntil));
    }

    [Fact]
    public void Whoever_signed_up_before_has_written_nothing()
    {
        foreach (var form in Forms.Select(form => form.Data).Where(form => form is not ("adherent-v5.json" or "adherent-v6.json" or "adherent-v7.json" or "adherent-v8.json" or Latest)))
            Assert.Empty(Read(Golden(form)).Conversations.All);
    }

    [Fact]
    public void Whoever_signed_up_before_is_known_to_FranceConnect_neither_way()
    {
        foreach (var read in Forms.Select(form => form.Data).Where(form => form is not ("adherent-v6.json" or "adherent-v7.json" or "adherent-v8.json" or Latest)).Select(form => Read(Golden(form))))
        {
            Assert.Equal(new(), read.FranceConnect);
            Assert.All(read.Registration.Drafts, draft => Assert.Null(draft.FranceConnect));
        }
    }

    [Fact]
    public void For_whoever_signed_up_before_nothing_is_filed()
    {
        foreach (var form in Forms.Select(form => form.Data).Where(form => form is not ("adherent-v7.json" or "adherent-v8.json" or Latest)))
            Assert.Null(Read(Golden(form)).Documents.DueAt);
    }

    [Fact]
    public void With_what_was_written_before_no_files_went()
    {
        foreach (var form in Forms.Select(form => form.Data).Where(form => form is not ("adherent-v8.json" or Latest)))
            Assert.Empty(Read(Golden(form)).Conversations.Attachments);
    }

    [Fact]
    public void For_whoever_signed_up_before_nothing_waits_for_the_post()
    {
        foreach (var form in Forms.Select(form => form.Data).Where(form => form != Latest))
            Assert.Empty(Read(Golden(form)).PostalCopies.All);
    }

    [Fact]
    public void An_address_that_would_not_be_taken_any_more_is_read_as_it_was_kept()
    {
        const string Kept = "fritz.@example.org";
        Assert.False(EmailAddress.TryParse(Kept, out _));
        Assert.Equal(Kept, Read(Golden().Replace(FullState.Value.Contact.Email!.Value, Kept, StringComparison.Ordinal)).Contact.Email!.Value);
    }

    [Theory]
    [MemberData(nameof(Forms), MemberType = typeof(GoldenRows))]
    public void What_a_newer_version_added_is_skipped(string form)
    {
        var newer = Golden(form)
            .Replace("\"Owner\":", "\"Newer\": { \"Kind\": \"Unheard\", \"Of\": [1, null, {}] }, \"Owner\":", StringComparison.Ordinal)
            .Replace("\"Failures\":", "\"Newer\": [true], \"Failures\":", StringComparison.Ordinal)
            .Replace("\"TicketHash\":", "\"Newer\": \"x\", \"TicketHash\":", StringComparison.Ordinal);

        Assert.NotEqual(Golden(form), newer);
        Assert.Equal(Write(Meant(form)), Write(Read(newer)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Registration":{},"Verification":{},"Credentials":{},"Sessions":{},"Contact":{},"Enrolments":{},"Dispatches":{},"Recovery":{},"Closures":[]}""")]
    [InlineData("""{"Registration":null,"Verification":{"Lockout":null,"Attempts":null},"Sessions":{"Open":null},"Enrolments":{"Departments":null,"Requests":null}}""")]
    [InlineData("""{"Credentials":{"SignIns":null},"Contact":{"Reception":null,"AddressChanges":null},"Recovery":{"Granted":null},"Closures":null}""")]
    [InlineData("""{"Contact":{"Reception":{},"AddressChanges":{"All":null}},"Recovery":null}""")]
    [InlineData("""{"Assistance":null}""")]
    [InlineData("""{"Conversations":null}""")]
    [InlineData("""{"PostalCopies":{"All":null}}""")]
    [InlineData("""{"FranceConnect":null}""")]
    [InlineData("""{"FranceConnect":{}}""")]
    [InlineData("""{"Conversations":{"All":null}}""")]
    [InlineData("""{"Assistance":{"Notes":null,"PasswordsSent":null}}""")]
    public void What_an_older_version_did_not_write_takes_its_default(string json)
    {
        var read = Read(json);

        Assert.True(read.IsEmpty);
        Assert.Null(read.DueAt);
        Assert.Equal(Write(new()), Write(read));
    }
}
