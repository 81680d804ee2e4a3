using MsaOrleans.Testing;

namespace MsaOrleans.Load.Tests;

/// <summary>Servers under test listen where nobody else can come first.</summary>
public sealed class FreePortTests
{
    [Fact]
    public void No_port_is_given_twice_and_none_that_a_client_could_be_given_meanwhile()
    {
        var ports = Enumerable.Range(0, 1000).Select(_ => FreePort.Next()).ToList();

        Assert.Equal(ports, ports.Distinct());
        var firstOfClients = OperatingSystem.IsLinux() ? int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split()[0], null) : 49_152; // RFC 6335
        Assert.All(ports, port => Assert.InRange(port, 1024, firstOfClients - 1));
    }
}
