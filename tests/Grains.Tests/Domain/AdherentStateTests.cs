using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.Sessions;
using static MsaOrleans.Grains.Tests.Domain.AdherentStateSamples;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>What follows from a row as a whole: whether there is an account, which letter is owed and which step due, what the registry changes, and what a closing leaves.</summary>
public sealed class AdherentStateTests
{
    [Fact]
    public void A_row_in_which_a_list_is_nothing_has_an_empty_one()
    {
        Assert.Empty(new AddressChanges { All = null! }.All);
        Assert.Empty(new Registration { Drafts = null! }.Drafts);
        Assert.Empty(new IdentityVerification { Attempts = null! }.Attempts);
        Assert.Empty(new Credentials { SignIns = null! }.SignIns);
        Assert.Empty(new Sessions { Open = null! }.Open);
        Assert.Empty(new Enrolments { Departments = null! }.Departments);
        Assert.Empty(new Enrolments { Requests = null! }.Requests);
        Assert.Empty(new Dispatches { All = null! }.All);
        Assert.Empty(new Documents { Certificates = null! }.Certificates);
        Assert.Empty(new Recovery { Granted = null! }.Granted);
        Assert.Empty(new Conversations { All = null! }.All);
        Assert.Empty(new Conversation { Id = LetterId, Topic = default, Messages = null! }.Messages);
        Assert.Empty(new Message(Now, null, "") { Attachments = null! }.Attachments);
    }

    [Fact]
    public void A_letter_is_owed_however_far_off_until_it_has_left_or_was_given_up()
    {
        Assert.False(new AdherentState().OwesLetter);
        Assert.True(Waiting().OwesLetter);
        Assert.False((Waiting() with { Dispatches = Waiting().Dispatches.Confirm(LetterId, Now) }).OwesLetter);
        Assert.False((Waiting() with { Dispatches = Waiting().Dispatches.Void(LetterId, "No use.", Now) }).OwesLetter);
    }

    [Fact]
    public void A_request_for_a_department_that_the_caisses_know_by_now_is_over_and_its_letter_does_not_leave()
    {
        var other = Guid.NewGuid();
        var waiting = Waiting();
        waiting = waiting with
        {
            Enrolments = waiting.Enrolments.Request("2A", other, Now.AddDays(3), Now).Item1,
            Dispatches = waiting.Dispatches.Request(other, LetterKind.DepartmentCode, Email, Now, Now.AddDays(3)),
        };

        var known = waiting.WithKnownDepartments(["67", "01"], Now.AddDays(1));

        Assert.Equal([new Enrolment("67", Now.AddDays(1)), new Enrolment("01", Now.AddDays(1))], known.Enrolments.Departments);
        Assert.Equal([EnrolmentRequestStatus.KnownMeanwhile, EnrolmentRequestStatus.Requested], known.Enrolments.Requests.Select(r => r.Status));
        Assert.Equal([Now.AddDays(1), null], known.Dispatches.All.Select(d => d.GivenUpAt));
        Assert.Equal("The caisses know him there meanwhile.", known.Dispatches.All[0].LastFailure);
        Assert.Same(known, known.WithKnownDepartments(["67"], Now.AddDays(2)));
        Assert.Same(known, known.WithKnownDepartments([], Now.AddDays(2)));
    }

    [Fact]
    public void A_code_that_has_left_already_is_void_too_once_the_caisses_know_the_department()
    {
        var sent = Waiting() with { Dispatches = Waiting().Dispatches.Confirm(LetterId, Now), Enrolments = Waiting().Enrolments.Issue(LetterId, Hash, Now.AddDays(30)) };

        var known = sent.WithKnownDepartments(["01"], Now.AddDays(1));

        Assert.Empty(known.Enrolments.CodesAt(Now.AddDays(1)));
        Assert.Same(sent.Dispatches, known.Dispatches);
    }

    [Fact]
    public void An_account_is_a_personal_password_or_a_way_to_one()
    {
        var owing = Completed() with { Dispatches = new Dispatches().Request(LetterId, LetterKind.ProvisionalPassword, Email, Now) };
        var issued = Completed() with { Credentials = new Credentials().Issue(LetterId, Email, Hash, Now.AddDays(3)) };
        var personal = Completed() with { Credentials = issued.Credentials.Personalise(Hash, Now) };

        Assert.True(owing.HasAccountAt(Now));
        Assert.True(issued.HasAccountAt(Now.AddDays(3).AddTicks(-1)));
        Assert.True(personal.HasAccountAt(Now.AddYears(20)));
        Assert.False(Completed().HasAccountAt(Now));
        Assert.False(issued.HasAccountAt(Now.AddDays(3)));
        Assert.False((owing with { Dispatches = owing.Dispatches.Fail(LetterId, new(true, "550"), [], Now).Item1 }).HasAccountAt(Now));
        Assert.False((issued with { Dispatches = owing.Dispatches.Fail(LetterId, new(true, "550"), [], Now).Item1 }).HasAccountAt(Now));
        Assert.False((owing with { Registration = new() }).HasAccountAt(Now));
    }

    [Fact]
    public void A_new_provisional_password_that_is_owed_is_a_way_in_though_the_last_one_has_expired()
    {
        var lapsed = Completed() with { Credentials = new Credentials().Issue(LetterId, Email, Hash, Now) };
        var asked = lapsed with { Dispatches = new Dispatches().Request(Guid.NewGuid(), LetterKind.NewProvisionalPassword, Email, Now) };

        Assert.False(lapsed.HasAccountAt(Now));
        Assert.True(asked.HasAccountAt(Now));
        Assert.False((asked with { Dispatches = asked.Dispatches.Void(asked.Dispatches.All[0].Id, "Never mind.", Now) }).HasAccountAt(Now));
        Assert.False((lapsed with { Dispatches = new Dispatches().Request(LetterId, LetterKind.SignInLocked, Email, Now) }).HasAccountAt(Now));
    }

    [Fact]
    public void A_draft_a_failure_or_an_account_is_worth_a_row()
    {
        Assert.False(Drafted().IsEmpty);
        Assert.False(Completed().IsEmpty);
        Assert.False(new AdherentState { Credentials = new Credentials().Refuse(Policy.SignIn, Now) }.IsEmpty);
        Assert.False(new AdherentState { Verification = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, Policy.Verification, Now).Item1 }.IsEmpty);
        Assert.False(new AdherentState { Recovery = new Recovery().Ignore(Now) }.IsEmpty);
        Assert.False(new AdherentState { Recovery = new Recovery().Grant(Now) }.IsEmpty);
        Assert.False(new AdherentState { Closures = Closures().Closures }.IsEmpty);
        Assert.False(new AdherentState { Dispatches = new Dispatches().Request(LetterId, LetterKind.AccountClosed, Email, Now) }.IsEmpty);
        Assert.True(new AdherentState { Dispatches = new Dispatches().Request(LetterId, LetterKind.AccountClosed, Email, Now).Confirm(LetterId, Now) }.IsEmpty);
        Assert.True(new AdherentState { Nir = FritzNir, Identity = CivilIdentity.Of(Fritz) }.IsEmpty);
    }

    [Fact]
    public void A_session_owes_the_password_first_and_the_contact_details_next()
    {
        var session = new Session("hash", Now, Now, MustChangePassword: true);
        var confirmed = new AdherentState { Contact = new() { ConfirmedAt = Now } };

        Assert.Equal(FirstConnectionStep.Password, new AdherentState().Due(session));
        Assert.Equal(FirstConnectionStep.Password, confirmed.Due(session));
        Assert.Equal(FirstConnectionStep.ContactDetails, new AdherentState().Due(session with { MustChangePassword = false }));
        Assert.Equal(FirstConnectionStep.None, confirmed.Due(session with { MustChangePassword = false }));
    }

    [Fact]
    public void Of_a_closed_account_nothing_is_left_but_that_it_was_open_and_what_a_new_sign_up_must_not_wipe_out()
    {
        var failed = new IdentityVerification().Attempt(false, ProofKind.VitaleCard, Policy.Verification, Now).Item1;
        var before = Waiting() with
        {
            Owner = Guid.NewGuid(),
            Identity = CivilIdentity.Of(Fritz),
            Verification = failed,
            Credentials = new Credentials().Issue(LetterId, Email, Hash, Now.AddDays(3)).Personalise(Hash, Now).Accept(SignInMeans.Password, Origin, Now).Refuse(Policy.SignIn, Now),
            Sessions = new Sessions().Add(Session.Begin("token", Origin, Now), Policy.Session),
            Contact = new Contact { Email = Email, MobilePhone = FritzDeclares.MobilePhone, ConfirmedAt = Now }.ChangeEmail(OtherEmail, LetterId, Now),
            Recovery = new Recovery().Grant(Now),
            Closures = Closures().Closures,
        };
        var closing = Guid.NewGuid();

        var closed = before.Closed(closing, Now.AddDays(1));

        Assert.Equal(new AdherentState
        {
            Identity = before.Identity,
            Verification = failed,
            Recovery = before.Recovery,
            Dispatches = closed.Dispatches,
            Closures = closed.Closures,
        }, closed);
        Assert.Equal([.. before.Closures, new(Now, "2026-01", Now.AddDays(1))], closed.Closures);
        var owed = Assert.Single(closed.Dispatches.All);
        Assert.Equal((closing, LetterKind.AccountClosed, Email), (owed.Id, owed.Kind, owed.To));
        Assert.False(closed.HasAccountAt(Now.AddDays(1)));
    }

    [Fact]
    public void The_registry_opens_departments_and_takes_addresses_over_and_is_silent_when_it_knows_nothing_new()
    {
        var moved = new PostalAddress("8 rue Haute", "68000", "Colmar");
        var told = Completed() with { Contact = new() { AddressChanges = new AddressChanges().Tell(moved, Now) } };

        var known = told.WithRegistryOf(Fritz with { Address = new("8, RUE HAUTE", "68000", "COLMAR") }, Now.AddDays(1));

        Assert.Equal(["67", "68"], known.Enrolments.Departments.Select(d => d.Department));
        Assert.Equal([new AddressChange(moved, Now, TakenOverAt: Now.AddDays(1))], known.Contact.AddressChanges.All);
        Assert.Same(known, known.WithRegistryOf(Fritz with { Address = moved }, Now.AddDays(2)));
        Assert.Same(told.Contact, told.WithRegistryOf(Fritz, Now.AddDays(1)).Contact);
        Assert.Equal(Now.AddDays(3), (known with { Contact = told.Contact }).WithRegistryOf(Fritz with { Address = moved }, Now.AddDays(3)).Contact.AddressChanges.All[0].TakenOverAt);
    }
}
