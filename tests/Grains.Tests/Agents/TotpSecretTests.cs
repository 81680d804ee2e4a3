using System.Text;
using FsCheck.Xunit;
using MsaOrleans.Grains.Interfaces.Agents;

namespace MsaOrleans.Grains.Tests.Agents;

public sealed class TotpSecretTests
{
    // RFC 6238, appendix B: "12345678901234567890" in ASCII.
    private readonly TotpSecret ofTheRfc = TotpSecret.Of(Encoding.ASCII.GetBytes("12345678901234567890"));

    /// <summary>The last six of the eight digits that appendix B shows: a code is the number modulo a power of ten.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238(long seconds, string code) => Assert.Equal(code, ofTheRfc.CodeAt(DateTimeOffset.FromUnixTimeSeconds(seconds)));

    /// <summary>RFC 4226, appendix D: the same secret, by the number of the step.</summary>
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(2, "359152")]
    [InlineData(9, "520489")]
    public void Codes_are_those_of_RFC_4226(long step, string code) => Assert.Equal(code, ofTheRfc.CodeOf(step));

    [Fact]
    public void It_is_written_in_base32() => Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", ofTheRfc.Base32);

    [Property]
    public bool What_is_written_reads_back(byte[] bytes)
    {
        var secret = TotpSecret.Of([.. bytes.Concat(Enumerable.Repeat((byte)7, 20)).Take(20)]);
        return TotpSecret.Parse(secret.Base32) == secret && TotpSecret.Parse(secret.Base32).CodeOf(1) == secret.CodeOf(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ")]
    [InlineData("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1")]
    [InlineData("gezdgnbvgy3tqojqgezdgnbvgy3tqojq")]
    public void What_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => TotpSecret.Parse(text));

    [Fact]
    public void No_two_are_alike_and_none_shows_itself()
    {
        Assert.NotEqual(TotpSecret.New(), TotpSecret.New());
        Assert.DoesNotContain(ofTheRfc.Base32, $"{ofTheRfc}", StringComparison.Ordinal);
    }

    [Fact]
    public void Authenticator_applications_are_told_whose_it_is()
    {
        Assert.True(AgentLogin.TryParse("marie.durand", out var login));
        Assert.Equal(
            "otpauth://totp/Assistance%20MSA%3Amarie.durand?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Assistance%20MSA",
            ofTheRfc.Uri("Assistance MSA", login));
    }

    [Property]
    public bool A_code_is_good_in_its_own_step_and_the_two_beside_it_and_in_no_other(int second, sbyte away)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(Math.Abs((long)second) + 100_000);
        var step = TotpSecret.StepAt(now);
        var found = ofTheRfc.StepOf(ofTheRfc.CodeOf(step + away), now, lastAccepted: -1);
        // Two of a million codes are the same by chance: then any of the steps will do.
        return Math.Abs((int)away) <= 1 ? found is not null : found is null || ofTheRfc.CodeOf(found.Value) == ofTheRfc.CodeOf(step + away);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(29, true)]
    [InlineData(59, true)]
    [InlineData(-30, true)]
    [InlineData(-31, false)]
    [InlineData(60, false)]
    public void The_window_has_edges(int secondsAfterItsStepBegan, bool good)
    {
        var began = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        Assert.Equal(good ? TotpSecret.StepAt(began) : null, ofTheRfc.StepOf(ofTheRfc.CodeAt(began), began.AddSeconds(secondsAfterItsStepBegan), lastAccepted: -1));
    }

    /// <summary>By chance two steps that follow each other have one code: accepted in the second, it is not taken again (RFC 6238, 5.2).</summary>
    [Fact]
    public void A_code_is_taken_once_even_when_it_is_that_of_two_steps()
    {
        const long Second = 62_075_369;
        var now = DateTimeOffset.FromUnixTimeSeconds(Second * 30);
        var code = ofTheRfc.CodeOf(Second);
        Assert.Equal(ofTheRfc.CodeOf(Second - 1), code);
        Assert.Null(ofTheRfc.StepOf(code, now, ofTheRfc.StepOf(code, now, lastAccepted: -1)!.Value));
    }

    [Theory]
    [InlineData("{0} {1}", true)]
    [InlineData(" {0}{1}\t", true)]
    [InlineData("{0}-{1}", false)]
    [InlineData("{0}", false)]
    [InlineData("{0}{1}0", false)]
    [InlineData("", false)]
    public void Blanks_do_not_count_and_everything_else_does(string form, bool good)
    {
        var code = ofTheRfc.CodeAt(Samples.Now);
        var typed = string.Format(null, form, code[..3], code[3..]);
        Assert.Equal(good, ofTheRfc.StepOf(typed, Samples.Now, lastAccepted: -1) is not null);
    }
}
