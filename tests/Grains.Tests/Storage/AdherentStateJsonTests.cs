using System.Collections;
using System.Text.Json;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Samples;
using static MsaOrleans.Grains.Tests.Storage.GoldenRows;

namespace MsaOrleans.Grains.Tests.Storage;

/// <summary>How a row is written today: everything that is kept comes back, in words, and nothing else is in it.</summary>
public sealed class AdherentStateJsonTests
{
    [Fact]
    public void Everything_that_is_kept_comes_back() => Assert.Equal(Write(FullState.Value), Write(Read(Write(FullState.Value))));

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
}
