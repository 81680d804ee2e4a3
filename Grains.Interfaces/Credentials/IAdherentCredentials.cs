using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Interfaces.Credentials;

/// <summary>Signing in, and making a password one's own.</summary>
[Alias("msa.adherent.credentials")]
public interface IAdherentCredentials : IAdherentFacet
{
    /// <summary>
    /// Tries a password: his own, a provisional one, or, once, the confidential code of a department. Somebody who has no account is refused in the
    /// same way, after the same work, as a wrong password.
    /// </summary>
    [Alias("sign-in")]
    Task<SignInOutcome> SignIn(Password password, SignInOrigin origin);

    /// <summary>
    /// The forced change: replaces a provisional password by a personal one, or the personal one by another after the code of a department, which is
    /// open from then on. Every session ends; the answer holds a new one.
    /// </summary>
    [Alias("personalise")]
    Task<PasswordChangeOutcome> Personalise(SessionToken session, Password chosen);

    /// <summary>The change that he wants: the password he has, and the one he would like (ASVS 6.2.3). Every session ends; the answer holds a new one.</summary>
    [Alias("change")]
    Task<PasswordChangeOutcome> Change(SessionToken session, Password current, Password chosen);

    /// <summary>
    /// Somebody has forgotten his password. If the address is the adherent's, a provisional password leaves for it, three times an hour at most; the
    /// old one stays good until the new one has been used. There is no answer: whatever came of it, the work and what is written are the same.
    /// </summary>
    [Alias("recover")]
    Task Recover(EmailAddress email);

    /// <summary>
    /// Asked by somebody who has just shown a provisional password that had expired: another leaves for the same address, within the limit of
    /// <see cref="Recover"/>.
    /// </summary>
    [Alias("renew-provisional")]
    Task<RenewalOutcome> RenewProvisional();
}

/// <summary>What came of asking for another provisional password after one that had expired.</summary>
public enum RenewalOutcome
{
    /// <summary>Another is on its way to the same address.</summary>
    Sent,

    /// <summary>Three have been asked for within the hour.</summary>
    TooMany,

    /// <summary>There is none that has expired, or its address is not his any more.</summary>
    NotDue,
}

/// <summary>From where somebody signs in, as far as it is kept.</summary>
/// <param name="Device">Kind of device and program, in French: <c>Ordinateur, Firefox</c>.</param>
/// <param name="Network">The network address, shortened so that it names no household: <c>203.0.113.x</c>.</param>
[GenerateSerializer, Immutable, Alias("msa.sign-in-origin")]
public sealed record SignInOrigin(string Device, string Network)
{
    public override string ToString() => "sign-in origin";
}

/// <summary>What came of an attempt to sign in.</summary>
[GenerateSerializer, Immutable, Alias("msa.sign-in-outcome")]
public abstract record SignInOutcome
{
    private SignInOutcome() { }

    /// <summary>Wrong, unknown or locked: one answer for all, since the difference would tell who has an account.</summary>
    [GenerateSerializer, Immutable, Alias("msa.sign-in-outcome.refused")]
    public sealed record Refused : SignInOutcome;

    /// <summary>A provisional password that was right until it expired: whoever shows it may have another sent to the same address.</summary>
    [GenerateSerializer, Immutable, Alias("msa.sign-in-outcome.expired")]
    public sealed record Expired : SignInOutcome;

    [GenerateSerializer, Immutable, Alias("msa.sign-in-outcome.signed-in")]
    public sealed record SignedIn(SessionToken Session, FirstConnectionStep Due) : SignInOutcome;
}

/// <summary>What an adherent must still do before his private space opens, in this order.</summary>
public enum FirstConnectionStep
{
    /// <summary>He came with a provisional password, or entered the code of a department: nothing is open but the change of the password.</summary>
    Password,

    /// <summary>He has not confirmed his contact details yet.</summary>
    ContactDetails,

    /// <summary>Nothing: the private space is open.</summary>
    None,
}

/// <summary>What came of choosing a personal password.</summary>
[GenerateSerializer, Immutable, Alias("msa.password-change-outcome")]
public abstract record PasswordChangeOutcome
{
    private PasswordChangeOutcome() { }

    [GenerateSerializer, Immutable, Alias("msa.password-change-outcome.changed")]
    public sealed record Changed(SessionToken Session) : PasswordChangeOutcome;

    [GenerateSerializer, Immutable, Alias("msa.password-change-outcome.rejected")]
    public sealed record Rejected(PasswordFlaws Flaws) : PasswordChangeOutcome;

    /// <summary>The password given as the present one is not his.</summary>
    [GenerateSerializer, Immutable, Alias("msa.password-change-outcome.wrong-current")]
    public sealed record WrongCurrent : PasswordChangeOutcome;

    /// <summary>Too many wrong passwords: nothing is looked at for a while.</summary>
    [GenerateSerializer, Immutable, Alias("msa.password-change-outcome.locked")]
    public sealed record Locked : PasswordChangeOutcome;

    /// <summary>The session is over, or no change is due in it.</summary>
    [GenerateSerializer, Immutable, Alias("msa.password-change-outcome.not-due")]
    public sealed record NotDue : PasswordChangeOutcome;
}

/// <summary>Why a password cannot be taken; several reasons may hold at once.</summary>
[Flags]
public enum PasswordFlaws
{
    None = 0,

    /// <summary>Fewer than 8 characters (leaflet).</summary>
    TooShort = 1 << 0,

    /// <summary>More than 50 characters (leaflet).</summary>
    TooLong = 1 << 1,

    /// <summary>Fewer than 3 of: lower case, upper case, digit, special (leaflet).</summary>
    TooFewClasses = 1 << 2,

    /// <summary>Contains the NIR or most of it (ASVS 6.2.11).</summary>
    ContainsNir = 1 << 3,

    /// <summary>Contains one of his names (ASVS 6.2.11).</summary>
    ContainsName = 1 << 4,

    /// <summary>Contains his birth date (ASVS 6.2.11).</summary>
    ContainsBirthDate = 1 << 5,

    /// <summary>Is a provisional password or a code that was sent to him.</summary>
    Provisional = 1 << 6,

    /// <summary>Is one of the passwords that everybody uses, or hardly more (ASVS 6.2.4).</summary>
    Common = 1 << 7,

    /// <summary>Is the password he has: a change that changes nothing.</summary>
    Current = 1 << 8,
}
