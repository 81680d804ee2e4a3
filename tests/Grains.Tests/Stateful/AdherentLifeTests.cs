using FsCheck;
using FsCheck.Xunit;
using MsaOrleans.Grains.Tests.Adherent;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Stateful;

/// <summary>
/// Whatever happens to an adherent, in whatever order: nobody reaches the account without a proof, no lock opens itself, no letter is lost, no secret serves beyond its
/// end. A life that breaks a rule is shrunk to the acts that it takes, and told in words.
/// </summary>
[Collection(AdherentCluster.SharedClock)]
public sealed class AdherentLifeTests(AdherentCluster cluster)
{
    [Property(MaxTest = 1000, Arbitrary = [typeof(Lives)])]
    public Task Whatever_happens_the_rules_hold(Acts acts) => Life.Lead(new LoneAdherent(Now), acts);

    [Property(MaxTest = 30, Arbitrary = [typeof(Lives)])]
    public Task In_a_silo_too(Acts acts) => Life.Lead(new ClusteredAdherent(cluster), acts);

    [Fact]
    public Task A_letter_for_which_there_was_no_worker_for_a_month_is_sent_in_the_end() => Life.Lead(new LoneAdherent(Now), new([new(What.SignUp, 0, 0), new(What.Wait, 5, 3)]));

    [Theory]
    [InlineData(What.ChangePassword)]
    [InlineData(What.ChangeEmail)]
    [InlineData(What.CorrectEmail)]
    [InlineData(What.FranceConnectSignIn)]
    public Task Who_closes_an_account_keeps_from_nobody_what_he_has_done_to_it_before(What done) => Life.Lead(
        new LoneAdherent(Now), new([new(What.SignUp, 0, 0), new(What.OpenAccount, 0, 0), new(done, 0, 3), new(What.Close, 0, 1)]));

    [Fact]
    public Task Who_opens_an_account_again_and_closes_it_is_still_told_of_the_first_end() => Life.Lead(
        new LoneAdherent(Now),
        new([
            new(What.SignUp, 0, 0), new(What.OpenAccount, 0, 0), new(What.Close, 0, 1), new(What.CrashBeforeSending, 0, 0),
            new(What.SignUp, 0, 0), new(What.OpenAccount, 0, 0), new(What.Close, 0, 1),
        ]));

    public static class Lives
    {
        public static Arbitrary<Acts> Acts() => Stateful.Acts.Arbitrary;
    }
}
