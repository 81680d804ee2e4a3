using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Interfaces.Account;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Contact;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Documents;
using MsaOrleans.Grains.Interfaces.Enrolments;
using MsaOrleans.Grains.Interfaces.FranceConnect;
using MsaOrleans.Grains.Interfaces.Identity;
using MsaOrleans.Grains.Interfaces.Messages;
using MsaOrleans.Grains.Interfaces.Postal;
using MsaOrleans.Grains.Interfaces.Registration;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Grains.Interfaces.Space;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>One adherent of one test, and what people and workers do with him.</summary>
internal sealed class TestAdherent(AdherentCluster cluster, Nir nir, Guid key)
{
    public const string OwnPassword = "Passage-Lune7";

    public static readonly IdentityProof Card = new IdentityProof.VitaleCard(Samples.FritzSerial);

    public static readonly IdentityProof WrongCard = new IdentityProof.VitaleCard("9999999999");

    public Nir Nir => nir;

    public Guid Key => key;

    public IAdherentRegistration Registration => cluster.Facet<IAdherentRegistration>(key);

    public IAdherentIdentity Identity => cluster.Facet<IAdherentIdentity>(key);

    public IAdherentCredentials Credentials => cluster.Facet<IAdherentCredentials>(key);

    public IAdherentSessions Sessions => cluster.Facet<IAdherentSessions>(key);

    public IAdherentContact Contact => cluster.Facet<IAdherentContact>(key);

    public IAdherentEnrolments Enrolments => cluster.Facet<IAdherentEnrolments>(key);

    public IAdherentFranceConnect FranceConnect => cluster.Facet<IAdherentFranceConnect>(key);

    public IAdherentAccount Account => cluster.Facet<IAdherentAccount>(key);

    public IAdherentAssistance Assistance => cluster.Facet<IAdherentAssistance>(key);

    public IAdherentMessages Messages => cluster.Facet<IAdherentMessages>(key);

    public IAdherentCorrespondence Correspondence => cluster.Facet<IAdherentCorrespondence>(key);

    public IAdherentDocuments Documents => cluster.Facet<IAdherentDocuments>(key);

    public IAdherentPostalCopies PostalCopies => cluster.Facet<IAdherentPostalCopies>(key);

    public IIssuedCertificates Certificates => cluster.Facet<IIssuedCertificates>(key);

    public IAdherentSpace Space => cluster.Facet<IAdherentSpace>(key);

    public IAdherentDispatches Dispatches => cluster.Facet<IAdherentDispatches>(key);

    /// <summary>What is stored of him, or nothing.</summary>
    public AdherentState? Stored => cluster.Rows.Stored(key);

    /// <summary>A browser types the number and says who it is.</summary>
    public async Task<SignUpTicket> Declare(ContactDetails? details = null)
    {
        var ticket = SignUpTicket.New();
        Assert.Equal(BeginOutcome.Begun, await Registration.Begin(ticket, nir));
        Assert.Equal(DeclareOutcome.Accepted, await Registration.Declare(ticket, details ?? Samples.FritzDeclares));
        Assert.True(await Registration.AnswerHealthInsurance(ticket, insured: true));
        return ticket;
    }

    /// <summary>And proves it.</summary>
    public async Task<SignUpTicket> Prove(ContactDetails? details = null)
    {
        var ticket = await Declare(details);
        Assert.Equal(new VerificationOutcome.Proved(), await Identity.Prove(ticket, Card));
        return ticket;
    }

    /// <summary>And accepts the terms.</summary>
    /// <returns>The letter that is owed now.</returns>
    public async Task<Guid> SignUp(ContactDetails? details = null)
    {
        Assert.Equal(CompletionOutcome.Completed, await Registration.Complete(await Prove(details), "2026-01"));
        return Assert.Single(cluster.Queue.TakeJobs(key)).Dispatch;
    }

    /// <summary>And gets the letter.</summary>
    /// <returns>The provisional password.</returns>
    public async Task<string> ReceiveProvisionalPassword()
    {
        var dispatch = await SignUp();
        var letter = await Dispatches.Take(dispatch);
        await Dispatches.Confirm(dispatch);
        return letter!.Secret!;
    }

    /// <summary>And signs in with it, and makes it his own.</summary>
    public async Task<SessionToken> Personalise(string chosen = OwnPassword)
    {
        var provisional = await SignIn(await ReceiveProvisionalPassword());
        return Assert.IsType<PasswordChangeOutcome.Changed>(await Credentials.Personalise(provisional.Session, new(chosen))).Session;
    }

    /// <summary>And confirms his contact details.</summary>
    public async Task<SessionToken> Connect()
    {
        var session = await Personalise();
        Assert.Equal(ContactConfirmation.Confirmed, await Contact.Confirm(session, (await Contact.Read(session))!));
        return session;
    }

    /// <summary>And asks for one more department.</summary>
    /// <returns>The letter that is to bring the code.</returns>
    public async Task<Guid> RequestDepartment(SessionToken session, string department = "01")
    {
        Assert.Equal(EnrolmentOutcome.Requested, await Enrolments.Request(session, department));
        return Assert.Single(cluster.Queue.TakeJobs(key)).Dispatch;
    }

    /// <summary>And gets its letter, days later: every session is over by then.</summary>
    public async Task<ConfidentialCode> ReceiveCode(SessionToken session, string department = "01")
    {
        var dispatch = await RequestDepartment(session, department);
        cluster.Clock.Advance(cluster.Policy.CodeDelay);
        var code = await TakeCode(dispatch);
        await Dispatches.Confirm(dispatch);
        return code;
    }

    /// <summary>A worker takes the letter with a code.</summary>
    public async Task<ConfidentialCode> TakeCode(Guid dispatch)
    {
        Assert.True(ConfidentialCode.TryParse((await Dispatches.Take(dispatch))?.Secret, out var code));
        return code;
    }

    /// <summary>What he reads of the department he asked for last.</summary>
    public async Task<EnrolmentRequestSummary> LatestRequest(SessionToken session) => (await Enrolments.Read(session))!.Requests[0];

    /// <summary>He changes his e-mail address and opens the link.</summary>
    public async Task ReachAt(EmailAddress address, SessionToken session)
    {
        Assert.Equal(ContactConfirmation.EmailToProve, await Contact.Confirm(session, new(address, null, null, null)));
        var link = (await ReceiveLetters()).Single(letter => letter.Kind == LetterKind.EmailChangeLink).Secret;
        Assert.True(EmailLink.TryParse(link, out _, out var secret));
        Assert.Equal(EmailProof.Changed, await Contact.ProveEmail(secret));
        await Dispatches.Confirm(Assert.Single(cluster.Queue.TakeJobs(key)).Dispatch);
    }

    /// <summary>The caisses know him in these departments from now on.</summary>
    public void MoveTo(params string[] departments) =>
        cluster.Registry.Know(key, Samples.Fritz with { Departments = departments }, DateOnly.FromDateTime(cluster.Now.UtcDateTime));

    public async Task<SignInOutcome.SignedIn> SignIn(string password) =>
        Assert.IsType<SignInOutcome.SignedIn>(await Credentials.SignIn(new(password), Samples.Origin));

    /// <summary>Somebody tries wrong passwords on the page where one signs in.</summary>
    public async Task GuessWrong(int times = 5)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(new SignInOutcome.Refused(), await Credentials.SignIn(new($"Mauvais-Mot-{i}"), Samples.Origin));
    }

    /// <summary>Workers take and deliver what was queued since the last look.</summary>
    public async Task<List<Letter>> ReceiveLetters()
    {
        var letters = new List<Letter>();
        foreach (var (dispatch, _) in cluster.Queue.TakeJobs(key))
        {
            if (await Dispatches.Take(dispatch) is { } letter)
                letters.Add(letter);
            await Dispatches.Confirm(dispatch);
        }
        return letters;
    }

    /// <summary>He has forgotten his password.</summary>
    /// <returns>The provisional one that comes by mail.</returns>
    public async Task<string> Recover()
    {
        await Credentials.Recover(Samples.Email);
        return Assert.Single(await ReceiveLetters(), letter => letter.Kind == LetterKind.NewProvisionalPassword).Secret!;
    }

    public Task Deactivate() => cluster.Deactivate(key);
}
