using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class EnrolmentsTests
{
    [Fact]
    public void The_first_connection_opens_the_services_and_every_department_that_knows_him()
    {
        var enrolments = new Enrolments().Open(["67", "2A"], Now);

        Assert.Equal("particulier", enrolments.ServiceBundle);
        Assert.Equal([new Enrolment("67", Now), new Enrolment("2A", Now)], enrolments.Departments);
    }

    [Fact]
    public void A_department_that_is_open_stays_as_it_is() => Assert.Equal(
        [new Enrolment("67", Now), new Enrolment("68", Now.AddDays(1))],
        new Enrolments().Open(["67"], Now).Open(["68", "67", "68"], Now.AddDays(1)).Departments);
}
