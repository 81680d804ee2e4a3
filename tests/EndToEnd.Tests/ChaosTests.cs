using MsaOrleans.Chaos;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>Several machines, each killed in its turn under a load of whole sign-ups: the short form of <c>tests/Chaos</c>, which has the long one.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_and_nothing_is_wrong_when_each_machine_dies_in_turn()
    {
        using var progress = new StringWriter();
        try
        {
            var report = await ChaosRun.Brief(new(), progress, TestContext.Current.CancellationToken);
            output.WriteLine(report.ToMarkdown());

            Assert.Empty(report.Lost);
            Assert.Empty(report.Wrong);
            // Or nothing has been shown.
            Assert.True(report.Registered > 30, $"{report.Registered} signed up.");
            Assert.True(report.DepartmentsOpened > 10, $"{report.DepartmentsOpened} opened their department.");
            Assert.True(report.FailedTries > 0, "No visitor noticed anything.");
            Assert.True(report.LongestInterruption < TimeSpan.FromSeconds(30), $"Somebody waited {report.LongestInterruption.TotalSeconds:0} s for one page.");
        }
        finally
        {
            output.WriteLine(progress.ToString());
        }
    }
}
