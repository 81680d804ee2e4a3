using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Credentials;
using MsaOrleans.Grains.Interfaces.Registration;

namespace MsaOrleans.Grains.Interfaces.FranceConnect;

/// <summary>FranceConnect, both ways: the MSA vouches for its adherent to other sites, and he signs in here by way of it.</summary>
[Alias("msa.adherent.france-connect")]
public interface IAdherentFranceConnect : IAdherentFacet
{
    /// <summary>
    /// He wants to be known to another site: his personal password is asked, always, and counted as at the sign-in. No session begins. Somebody who has no
    /// account is refused in the same way, after the same work, as a wrong password.
    /// </summary>
    [Alias("vouch")]
    Task<VouchOutcome> Vouch(Password password, SignInOrigin origin);

    /// <summary>What the MSA tells of him.</summary>
    /// <param name="subject">The name that <see cref="Vouch"/> gave him.</param>
    /// <returns>Nothing when that is not his name, or when he may not be vouched for any more: his account closed, unknown to the caisses, without a verified address.</returns>
    [Alias("vouched-identity"), Retriable]
    Task<PivotIdentity?> VouchedIdentity(Guid subject);

    /// <summary>
    /// Signs in somebody whose identity FranceConnect tells. Whoever calls has found him in <see cref="IFranceConnectDirectory"/>; that is not believed: his
    /// registry entry, or the subject kept, must agree here.
    /// </summary>
    [Alias("sign-in")]
    Task<FranceConnectSignInOutcome> SignIn(FranceConnectUser user, SignInOrigin origin);

    /// <summary>
    /// Opens a sign-up in which the identity is proved already, for somebody to whom <see cref="SignIn"/> answered that he has no account. What is left to
    /// ask are the contact details and the terms; the names and the birth date are those that the caisses know (<see cref="RegistrationProgress.Known"/>), and who
    /// declares others has them to prove.
    /// </summary>
    /// <returns>Whether it was opened; not when the identity does not agree, he has an account, or the caisses' entry is too old to tell his number: he types it.</returns>
    [Alias("begin-sign-up"), Retriable]
    Task<bool> BeginSignUp(SignUpTicket ticket, FranceConnectUser user);

    /// <summary>Since when he may sign in by FranceConnect; nothing when he may not, or the session is over.</summary>
    [Alias("linked-since"), Retriable]
    Task<DateTimeOffset?> LinkedSince(SessionToken session);

    /// <summary>
    /// Forgets his FranceConnect subject. It is no ban: whom FranceConnect identifies as him again is linked again, and he is told by mail. He needs a personal password for
    /// it, or nothing would be left to come in by.
    /// </summary>
    [Alias("unlink"), Retriable]
    Task<UnlinkOutcome> Unlink(SessionToken session);
}

/// <summary>Whom FranceConnect has identified.</summary>
/// <param name="Subject">Its <c>sub</c>: the same at each visit, whatever provider identified him; 1 to 255 ASCII characters.</param>
/// <param name="Identity">Who he is.</param>
[GenerateSerializer, Immutable, Alias("msa.france-connect-user")]
public sealed record FranceConnectUser(string Subject, PivotIdentity Identity)
{
    public override string ToString() => "FranceConnect user";
}

/// <summary>What came of asking the MSA to vouch for somebody.</summary>
[GenerateSerializer, Immutable, Alias("msa.vouch-outcome")]
public abstract record VouchOutcome
{
    private VouchOutcome() { }

    /// <summary>Wrong, unknown or locked: one answer for all.</summary>
    [GenerateSerializer, Immutable, Alias("msa.vouch-outcome.refused")]
    public sealed record Refused : VouchOutcome;

    /// <summary>The password was right, but the MSA may not vouch for him yet.</summary>
    /// <param name="Missing">At least one.</param>
    [GenerateSerializer, Immutable, Alias("msa.vouch-outcome.not-yet")]
    public sealed record NotYet(VouchRequirements Missing) : VouchOutcome;

    /// <param name="Subject">By which other sites know him; it tells nothing, and stays the same.</param>
    [GenerateSerializer, Immutable, Alias("msa.vouch-outcome.vouched")]
    public sealed record Vouched(Guid Subject) : VouchOutcome;
}

/// <summary>What FranceConnect requires of whom the MSA vouches for (leaflet, "La MSA fournisseur d'identité").</summary>
[Flags]
public enum VouchRequirements
{
    None = 0,

    /// <summary>His personal password: a provisional one, or the code of a department, was shown.</summary>
    PersonalPassword = 1 << 0,

    /// <summary>An e-mail address that has been proved.</summary>
    VerifiedEmail = 1 << 1,

    /// <summary>The first connection, up to its end: contact details confirmed.</summary>
    FirstConnection = 1 << 2,

    /// <summary>A certified number, which the caisses know, with a commune of birth if he was born in France.</summary>
    CertifiedNumber = 1 << 3,
}

/// <summary>What came of signing in by FranceConnect.</summary>
[GenerateSerializer, Immutable, Alias("msa.france-connect-sign-in-outcome")]
public abstract record FranceConnectSignInOutcome
{
    private FranceConnectSignInOutcome() { }

    [GenerateSerializer, Immutable, Alias("msa.france-connect-sign-in-outcome.signed-in")]
    public sealed record SignedIn(SessionToken Session, FirstConnectionStep Due) : FranceConnectSignInOutcome;

    /// <summary>The caisses know him, and he has no account yet: <see cref="IAdherentFranceConnect.BeginSignUp"/>.</summary>
    [GenerateSerializer, Immutable, Alias("msa.france-connect-sign-in-outcome.no-account")]
    public sealed record NoAccount : FranceConnectSignInOutcome;

    /// <summary>It is not him.</summary>
    [GenerateSerializer, Immutable, Alias("msa.france-connect-sign-in-outcome.not-matched")]
    public sealed record NotMatched : FranceConnectSignInOutcome;
}

/// <summary>What came of forgetting a FranceConnect subject.</summary>
public enum UnlinkOutcome
{
    Unlinked,

    /// <summary>He has no personal password: FranceConnect is the only way in.</summary>
    NoPassword,

    /// <summary>The session is over, or something else is due first.</summary>
    NotOpen,
}
