using MsaOrleans.Grains.Interfaces;
using MsaOrleans.Grains.Interfaces.Adherents;

namespace MsaOrleans.Grains.Dispatching;

/// <summary>
/// What the MSA owes an adherent by mail, as the workers see it: take, deliver, confirm. It stands here and not among the interfaces of the
/// site because letters hold secrets: the web cannot even name it.
/// </summary>
[Alias("msa.adherent.dispatches")]
public interface IAdherentDispatches : IAdherentFacet
{
    /// <summary>
    /// Takes one dispatch for delivery. Secrets of the letter are made at this moment, and only their hashes kept. Whoever takes it has a minute
    /// before another may.
    /// </summary>
    /// <returns>The letter; nothing when there is nothing to do: delivered already, being delivered, not due yet, given up, or never saved.</returns>
    [Alias("take")]
    Task<Letter?> Take(Guid dispatch);

    /// <summary>The letter has left.</summary>
    [Alias("confirm")]
    Task Confirm(Guid dispatch);

    /// <summary>The letter could not leave. The adherent asks his queue for another try later, or gives up.</summary>
    [Alias("fail")]
    Task Fail(Guid dispatch, DeliveryFailure failure);

    /// <summary>
    /// Does what is overdue: queues dispatches that no worker has confirmed, erases sign-ups left alone, drops what has expired.
    /// </summary>
    /// <param name="queueLost">
    /// The queue and its workers have just been started from nothing: every pending dispatch is queued again, at once or for its time.
    /// </param>
    /// <returns>How many dispatches were queued.</returns>
    [Alias("sweep")]
    Task<int> Sweep(bool queueLost);
}

/// <summary>A letter ready to be written and sent.</summary>
/// <param name="Kind">Which template.</param>
/// <param name="To">Where it goes.</param>
/// <param name="RecipientName">Family and given name.</param>
/// <param name="Secret">The provisional password, a code, or the secret of a link; nothing in a mere notice.</param>
/// <param name="ExpiresAt">When the secret, or the lock that it tells of, ends.</param>
/// <param name="Department">The code of the department that it is about, if it is about one.</param>
[GenerateSerializer, Immutable, Alias("msa.letter")]
public sealed record Letter(LetterKind Kind, EmailAddress To, string RecipientName, string? Secret, DateTimeOffset? ExpiresAt, string? Department = null)
{
    public override string ToString() => $"letter {Kind}";
}

/// <summary>The letters that the site sends. Names are stored: they are a contract.</summary>
public enum LetterKind
{
    /// <summary>End of the sign-up: the provisional password.</summary>
    ProvisionalPassword,

    /// <summary>To a new e-mail address: the link that proves it. Its secret is opaque and goes into the link as it is.</summary>
    EmailChangeLink,

    /// <summary>To the old e-mail address: a change has been asked for.</summary>
    EmailChangeRequested,

    /// <summary>To the old e-mail address: the change is done.</summary>
    EmailChanged,

    /// <summary>Some days after a request for one more department: its confidential code.</summary>
    DepartmentCode,

    /// <summary>He has forgotten his password, or let a provisional one expire: another provisional password.</summary>
    NewProvisionalPassword,

    /// <summary>Too many wrong passwords: signing in is suspended for a while.</summary>
    SignInLocked,

    /// <summary>The password has been changed.</summary>
    PasswordChanged,

    /// <summary>The account has been closed.</summary>
    AccountClosed,

    /// <summary>To the e-mail address in use: the hotline was asked for another one by telephone, which waits for its link.</summary>
    EmailCorrectionRequested,

    /// <summary>To the e-mail address that was in use: the hotline has put another one in its place, before the first connection.</summary>
    EmailCorrected,

    /// <summary>There is an answer to what he wrote in his private space, where he reads it.</summary>
    MessageAnswered,

    /// <summary>His account opens to FranceConnect from now on: he, or somebody who passes for him there, came by it for the first time.</summary>
    FranceConnectLinked,

    /// <summary>A certificate that he made is in his private space.</summary>
    CertificateMade,

    /// <summary>His request for one more department has come in; its code follows some days later.</summary>
    DepartmentRequested,
}

/// <summary>Why a letter could not leave.</summary>
/// <param name="Permanent">The relay refuses it for good (SMTP 5yz on the recipient or the message): another try is pointless.</param>
/// <param name="Reason">For the hotline, in English, without secrets; may quote the relay.</param>
[GenerateSerializer, Immutable, Alias("msa.delivery-failure")]
public sealed record DeliveryFailure(bool Permanent, string Reason);
