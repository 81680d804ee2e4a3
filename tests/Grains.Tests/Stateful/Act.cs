using FsCheck;
using FsCheck.Fluent;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>What may happen in an adherent's life. Whom or what it concerns is told by two small numbers, each taken modulo what there is at that moment, so that a
/// sequence means something whatever is cut out of it.</summary>
public enum What
{
    // Sign-up, in one of three browsers.
    Begin,
    Declare,
    AnswerInsurance,
    ShowCard,
    ShowPayment,
    GuessProofs,
    Complete,
    Abandon,
    SignUp,

    // Letters and the world they go through.
    Send,
    FailToSend,
    RefuseLetter,
    CrashBeforeSending,
    CrashAfterSending,
    LoseQueue,
    Sweep,
    Wait,
    Restart,
    FullDisk,

    // Getting in.
    SignIn,
    GuessPassword,
    Vouch,
    ChoosePassword,
    ChangePassword,
    SignOut,
    Look,
    Recover,
    Renew,
    OpenAccount,
    FranceConnectSignUp,
    FranceConnectSignIn,
    Unlink,

    // Inside.
    Confirm,
    ChangeEmail,
    OpenLink,
    Enrol,
    FetchCode,
    CancelEnrolment,
    EnterCode,
    GuessCode,
    Close,

    // The hotline.
    UnlockVerification,
    UnlockSignIn,
    SendPassword,
    CorrectEmail,
    HastenCode,
    CancelCode,
    CloseSessions,
}

/// <summary>One thing that happens.</summary>
public readonly record struct Act(What What, int A, int B)
{
    public override string ToString() => $"{What}({A}, {B})";
}

/// <summary>A life: what happens, in its order.</summary>
public sealed record Acts(IReadOnlyList<Act> All)
{
    public override string ToString() => string.Join("\n", All.Select(act => $"  {act}"));

    /// <summary>
    /// Lives of up to a hundred acts, in two of three after a sign-up, or after one and the first connection; acts by which one gets on are the more frequent. They
    /// shrink by parts, then by single acts, then to the smallest numbers.
    /// </summary>
    public static Arbitrary<Acts> Arbitrary { get; } = Arb.From(
        (from start in Gen.Elements<Act[]>([], [new(What.SignUp, 0, 0)], [new(What.SignUp, 0, 0), new(What.OpenAccount, 0, 0)])
         from length in Gen.Choose(1, 100)
         from acts in (from what in Gen.Frequency(Enum.GetValues<What>().Select(what => (Weight(what), Gen.Constant(what))))
                       from a in Gen.Choose(0, 5)
                       from b in Gen.Choose(0, 5)
                       select new Act(what, a, b)).ListOf(length)
         select new Acts([.. start, .. acts])),
        Smaller);

    private static int Weight(What what) => what switch
    {
        What.Send => 12,
        What.SignIn or What.Wait => 10,
        What.SignUp or What.OpenAccount or What.ChoosePassword or What.Sweep => 5,
        What.ShowCard or What.EnterCode or What.OpenLink or What.Confirm or What.Enrol or What.GuessPassword or What.GuessProofs or What.FetchCode => 4,
        What.Close or What.LoseQueue => 1,
        _ => 2,
    };

    private static IEnumerable<Acts> Smaller(Acts life)
    {
        var all = life.All;
        for (var part = all.Count; part > 0; part /= 2)
        {
            for (var from = 0; from + part <= all.Count; from += part)
                yield return new([.. all.Take(from), .. all.Skip(from + part)]);
        }
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var simpler in (Act[])[all[i] with { A = 0 }, all[i] with { B = 0 }, all[i] with { A = all[i].A / 2 }, all[i] with { B = all[i].B / 2 }])
            {
                if (simpler != all[i])
                    yield return new([.. all.Take(i), simpler, .. all.Skip(i + 1)]);
            }
        }
    }
}
