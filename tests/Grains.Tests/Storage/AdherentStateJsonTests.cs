using System.Collections;
using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Storage;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Storage;

public sealed class AdherentStateJsonTests
{
    private const string Latest = "adherent-v9.json";

    public static readonly TheoryData<string> Forms = ["adherent-v1.json", "adherent-v2.json", "adherent-v3.json", "adherent-v4.json", "adherent-v5.json", "adherent-v6.json", "adherent-v7.json", "adherent-v8.json", Latest];

    [Fact]
    public void Everything_that_is_kept_comes_back() => Assert.Equal(Write(FullState.Value), Write(Read(Write(FullState.Value))));

    [Theory]
    [MemberData(nameof(Forms))]
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

    [Fact]
    public void Today_s_row_looks_as_the_latest_golden_file() =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Golden()).RootElement, JsonDocument.Parse(Write(FullState.Value)).RootElement), Write(FullState.Value));

    /// <summary>So that a property that is added to the state is added here, and with it to a golden file of its own.</summary>
    [Fact]
    public void Nothing_of_the_full_state_is_left_at_its_default()
    {
        var forgotten = new List<string>();
        Look(FullState.Value, "");
        Assert.Empty(forgotten);

        void Look(object value, string path)
        {
            foreach (var property in value.GetType().GetProperties().Where(p => p.CanWrite))
            {
                var here = $"{path}.{property.Name}";
                var held = property.GetValue(value);
                if (held is null || held.Equals(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null))
                    forgotten.Add(here);
                else if (held is IEnumerable all and not string)
                    LookAtLast(all.Cast<object>(), here);
                else if (IsOurs(held))
                    Look(held, here);
            }
        }

        // In a list the last one has everything: others may show the first name of an enum, or a "no".
        void LookAtLast(IEnumerable<object> all, string path)
        {
            if (all.LastOrDefault() is not { } last)
                forgotten.Add(path);
            else if (IsOurs(last))
                Look(last, path);
        }

        static bool IsOurs(object value) => value.GetType().Namespace?.StartsWith("MsaOrleans", StringComparison.Ordinal) == true;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void What_a_newer_version_added_is_skipped(string form)
    {
        var newer = Golden(form)
            .Replace("\"Owner\":", "\"Newer\": { \"Kind\": \"Unheard\", \"Of\": [1, null, {}] }, \"Owner\":", StringComparison.Ordinal)
            .Replace("\"Failures\":", "\"Newer\": [true], \"Failures\":", StringComparison.Ordinal)
            .Replace("\"TicketHash\":", "\"Newer\": \"x\", \"TicketHash\":", StringComparison.Ordinal);

        Assert.NotEqual(Golden(form), newer);
        Assert.Equal(Write(Meant(form)), Write(Read(newer)));
    }

    [Fact]
    public void The_row_names_no_type_and_enums_by_name()
    {
        var json = Write(FullState.Value);

        foreach (var trace in new[] { "$type", "$id", "MsaOrleans", "System.", "Grains", "Version=" })
            Assert.DoesNotContain(trace, json, StringComparison.OrdinalIgnoreCase);
        string[] names = [.. Enum.GetNames<LetterKind>(), .. Enum.GetNames<ProofKind>(), .. Enum.GetNames<EnrolmentOrigin>(), .. Enum.GetNames<EnrolmentEnding>(), .. Enum.GetNames<SignInMeans>(), .. Enum.GetNames<ReceptionMode>(), .. Enum.GetNames<PostalCopyKind>()];
        foreach (var name in names)
            Assert.Contains($"\"{name}\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"285072A068022\"", "\"285132A068022\"")]
    [InlineData("\"marie-eve@example.fr\"", "\"marie-eve\"")]
    [InlineData("\"+33389123457\"", "\"0389123457\"")]
    [InlineData("\"EmailChangeLink\"", "\"Unheard\"")]
    [InlineData("\"KnownMeanwhile\"", "\"Unheard\"")]
    [InlineData("\"Automatic\"", "\"Unheard\"")]
    [InlineData("\"AccountClosed\"", "\"Unheard\"")]
    [InlineData("\"ProvisionalPassword\"", "\"Unheard\"")]
    [InlineData("\"Paper\"", "\"Unheard\"")]
    public void A_row_with_a_value_that_cannot_be_is_not_read(string good, string bad) =>
        Assert.ThrowsAny<Exception>(() => Read(Golden().Replace(good, bad, StringComparison.Ordinal)));

    [Theory]
    [InlineData(LetterKind.ProvisionalPassword)]
    [InlineData(LetterKind.EmailChangeLink)]
    [InlineData(LetterKind.EmailChangeRequested)]
    [InlineData(LetterKind.EmailChanged)]
    [InlineData(LetterKind.DepartmentCode)]
    [InlineData(LetterKind.NewProvisionalPassword)]
    [InlineData(LetterKind.SignInLocked)]
    [InlineData(LetterKind.PasswordChanged)]
    [InlineData(LetterKind.AccountClosed)]
    [InlineData(LetterKind.EmailCorrectionRequested)]
    [InlineData(LetterKind.EmailCorrected)]
    [InlineData(LetterKind.MessageAnswered)]
    [InlineData(LetterKind.FranceConnectLinked)]
    [InlineData(LetterKind.CertificateMade)]
    [InlineData(LetterKind.DepartmentRequested)]
    public void A_row_that_owes_a_letter_of_any_kind_can_be_read_again(LetterKind kind)
    {
        var id = Guid.NewGuid();
        var read = Read(Write(new() { Dispatches = new Dispatches().Request(id, kind, Email, Now) }));

        var dispatch = Assert.Single(read.Dispatches.All);
        Assert.Equal((id, kind), (dispatch.Id, dispatch.Kind));
    }

    [Fact]
    public void However_he_wants_to_be_reached_can_be_read_again_in_words()
    {
        var modes = Enum.GetValues<ReceptionMode>();
        foreach (var reception in modes.SelectMany(documents => modes.Select(news => new Reception(documents, news))))
        {
            var json = Write(new() { Contact = new() { Reception = reception } });

            Assert.Equal(reception, Read(json).Contact.Reception);
            Assert.Contains($$"""{"Documents":"{{reception.Documents}}","News":"{{reception.News}}"}""", json, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Whatever_he_wrote_about_can_be_read_again_in_words()
    {
        foreach (var topic in Enum.GetValues<MessageTopic>())
        {
            var json = Write(new() { Conversations = new Conversations().Begin(Guid.NewGuid(), topic, "Bonjour", Now).Item1 });

            Assert.Equal(topic, Assert.Single(Read(json).Conversations.All).Topic);
            Assert.Contains($"\"Topic\":\"{topic}\"", json, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_request_is_for_and_where_it_stands_can_be_read_again()
    {
        var id = Guid.NewGuid();
        var asked = new Enrolments().Request("2A", id, Now.AddDays(3), Now).Item1;
        foreach (var enrolments in new[] { asked, asked.Sent(id, Now), asked.Activate(id, Now), asked.Know(["2A"], Now), asked.End(id, EnrolmentEnding.Locked, Now) })
        {
            var read = Read(Write(new() { Enrolments = enrolments })).Enrolments;

            Assert.Equal(enrolments.Requests, read.Requests);
            Assert.Equal(enrolments.Departments, read.Departments);
        }
    }

    [Fact]
    public void Only_what_is_told_is_stored_and_nothing_that_follows_from_it()
    {
        var json = Write(new() { Dispatches = new Dispatches().Request(Guid.NewGuid(), LetterKind.EmailChanged, Email, Now) });

        using var document = JsonDocument.Parse(json);
        Assert.Equal(["All"], document.RootElement.GetProperty("Dispatches").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["Departments", "Requests"], document.RootElement.GetProperty("Enrolments").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["Reception", "AddressChanges"], document.RootElement.GetProperty("Contact").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["All"], document.RootElement.GetProperty("Conversations").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["Granted"], document.RootElement.GetProperty("Recovery").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["Failures", "Locks"], document.RootElement.GetProperty("Verification").GetProperty("Lockout").EnumerateObject().Select(p => p.Name));
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

    private static AdherentState Meant(string form) => form switch
    {
        "adherent-v1.json" => FullState.V1,
        "adherent-v2.json" => FullState.V2,
        "adherent-v3.json" => FullState.V3,
        "adherent-v4.json" => FullState.V4,
        "adherent-v5.json" => FullState.V5,
        "adherent-v6.json" => FullState.V6,
        "adherent-v7.json" => FullState.V7,
        "adherent-v8.json" => FullState.V8,
        _ => FullState.Value,
    };

    private static string Golden(string form = Latest)
    {
        using var reader = new StreamReader(typeof(AdherentStateJsonTests).Assembly.GetManifestResourceStream(form)!);
        return reader.ReadToEnd();
    }

    private static string Write(AdherentState state) => JsonSerializer.Serialize(state, AdherentStateJson.Default.AdherentState);

    private static AdherentState Read(string json) => JsonSerializer.Deserialize(json, AdherentStateJson.Default.AdherentState)!;
}
