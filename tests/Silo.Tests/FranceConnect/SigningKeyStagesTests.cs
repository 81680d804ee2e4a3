using MsaOrleans.Silo.FranceConnect;
using static MsaOrleans.Silo.FranceConnect.SigningKeyStage;

namespace MsaOrleans.Silo.Tests.FranceConnect;

public sealed class SigningKeyStagesTests
{
    private static readonly DateTimeOffset start = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_key_waits_for_nobody() => Assert.Equal([Signing], At(0, 0));

    [Fact]
    public void A_new_key_is_known_before_it_signs_and_an_old_one_as_long_as_somebody_may_show_what_it_signed()
    {
        Assert.Equal([Signing, Coming], At(1_014, 0, 1_000));
        Assert.Equal([Leaving, Signing], At(1_015, 0, 1_000));
        Assert.Equal([Leaving, Signing], At(1_134, 0, 1_000));
        Assert.Equal([Over, Signing], At(1_135, 0, 1_000));
    }

    [Fact]
    public void Keys_made_in_haste_follow_each_other_and_one_always_signs()
    {
        Assert.Equal([Signing, Coming, Coming], At(5, 0, 1, 2));
        Assert.Equal([Leaving, Signing, Coming], At(16, 0, 1, 2));
        Assert.Equal([Leaving, Leaving, Signing], At(17, 0, 1, 2));
        // Where the older ones were forgotten at once, nothing but the new one is left to sign.
        Assert.Equal([Signing], At(2, 2));
    }

    private static IReadOnlyList<SigningKeyStage> At(int minute, params int[] made) => SigningKeyStages.Of([.. made.Select(m => start.AddMinutes(m))], start.AddMinutes(minute));
}
