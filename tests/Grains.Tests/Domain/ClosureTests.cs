using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class ClosureTests
{
    [Fact]
    public void The_proof_of_a_closed_account_is_kept_for_five_years_from_its_end() =>
        Assert.Equal(new(2031, 3, 10, 9, 30, 0, TimeSpan.Zero), new Closure(Now.AddYears(-3), "2026-01", Now).EraseAt);

    [Fact]
    public void One_closed_on_a_leap_day_goes_on_the_last_of_February() => Assert.Equal(
        new DateTimeOffset(2033, 2, 28, 12, 0, 0, TimeSpan.Zero), new Closure(Now, "2026-01", new(2028, 2, 29, 12, 0, 0, TimeSpan.Zero)).EraseAt);
}
