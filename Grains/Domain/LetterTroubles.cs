using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Domain;

/// <summary>
/// What came in a letter's way, from what the transports wrote down (<c>Silo/Mail</c>) and relays say: reply codes of RFC 5321 (4.2.3), enhanced ones of RFC 3463.
/// </summary>
internal static class LetterTroubles
{
    private const string Refusal = "The relay did not accept the letter: ";

    public static LetterTrouble? Of(Dispatch letter) => letter.LastFailure switch
    {
        null => null,
        VoidReasons.OtherWayIn or VoidReasons.OtherLock => LetterTrouble.Replaced,
        VoidReasons.Cancelled => LetterTrouble.Cancelled,
        VoidReasons.KnownMeanwhile or VoidReasons.Ended => LetterTrouble.NoLongerNeeded,
        var failure when failure.StartsWith(Refusal, StringComparison.Ordinal) => OfRefusal(failure[Refusal.Length..]),
        var failure when failure.StartsWith("The relay cannot be used", StringComparison.Ordinal) || failure.StartsWith("The pickup directory", StringComparison.Ordinal) =>
            LetterTrouble.RelayUnavailable,
        _ => LetterTrouble.Other,
    };

    private static LetterTrouble OfRefusal(string said) => said switch
    {
        _ when said.StartsWith("NotSupportedException", StringComparison.Ordinal) => LetterTrouble.AddressUnsupported,
        not [>= '4' and <= '5', >= '0' and <= '5', >= '0' and <= '9', ..] => LetterTrouble.RelayUnavailable, // it hung up, or did not answer
        ['4' or '5', '5', '2', ..] or [_, _, _, ' ', _, '.', '2', '.', '2', ..] => LetterTrouble.MailboxFull,
        ['4', ..] => LetterTrouble.Deferred,
        [_, _, _, ' ', '5', '.', '7', '.', ..] or ['5', '5', '4', ..] => LetterTrouble.Blocked,
        [_, _, _, ' ', '5', '.', '1', '.', ..] or ['5', '5', '0' or '1' or '3', ..] => LetterTrouble.MailboxUnknown,
        _ => LetterTrouble.Refused,
    };
}
