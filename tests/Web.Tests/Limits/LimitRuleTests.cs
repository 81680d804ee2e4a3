using System.Net;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using MsaOrleans.Web.Limits;

namespace MsaOrleans.Web.Tests.Limits;

public sealed class LimitRuleTests
{
    [Theory]
    [InlineData("*", "GET", "/", true)]
    [InlineData("*", "POST", "/connexion", true)]
    [InlineData("post:/connexion", "POST", "/connexion", true)]
    [InlineData("POST:/Connexion/", "POST", "/connexion", true)]
    [InlineData("post:/connexion", "POST", "/CONNEXION/", true)]
    [InlineData("post:/connexion", "GET", "/connexion", false)]
    [InlineData("post:/connexion", "POST", "/connexion/autre", false)]
    [InlineData("post:/connexion", "POST", "/connexions", false)]
    [InlineData("*:/connexion", "DELETE", "/connexion", true)]
    [InlineData("get:*", "GET", "/aide", true)]
    [InlineData("get:*", "POST", "/aide", false)]
    [InlineData("post:/inscription/*", "POST", "/inscription/verification/paiement", true)]
    [InlineData("post:/inscription/*", "POST", "/inscriptions", false)]
    [InlineData("post:/inscription/*", "POST", "/INSCRIPTION/identifiant", true)]
    [InlineData("get:/", "GET", "/", true)]
    [InlineData("get:/", "GET", "/aide", false)]
    public void A_rule_is_about_the_requests_that_it_names(string endpoint, string method, string path, bool isAbout)
    {
        Assert.True(EndpointPattern.TryParse(endpoint, out var pattern));
        Assert.Equal(isAbout, pattern.Matches(method, path));
        Assert.Equal(endpoint, pattern.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/connexion")]
    [InlineData("psot:/connexion")]
    [InlineData("post:")]
    [InlineData("post:connexion")]
    [InlineData("post:/a*/b")]
    [InlineData("post:/a b")]
    [InlineData("**")]
    public void What_names_no_request_is_no_endpoint(string? endpoint) => Assert.False(EndpointPattern.TryParse(endpoint, out _));

    [Theory]
    [InlineData("1s", 1)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData(" 1h ", 3600)]
    [InlineData("31d", 2678400)]
    public void A_period_is_a_number_and_its_unit(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), LimitRule.ReadPeriod(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("15")]
    [InlineData("15min")]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("32d")]
    [InlineData("2147483647d")]
    [InlineData("00:15:00")]
    public void Anything_else_is_none(string? text) => Assert.Null(LimitRule.ReadPeriod(text));

    [Property]
    public void An_IPv4_address_is_a_client_of_its_own_however_it_is_written(byte a, byte b, byte c, byte d)
    {
        var (address, mapped) = (new IPAddress([a, b, c, d]), IPAddress.Parse($"::ffff:{a}.{b}.{c}.{d}"));
        Assert.Equal(Client.Of(address), Client.Of(mapped));
        Assert.NotEqual(Client.Of(address), Client.Of(new IPAddress([a, b, c, (byte)(d ^ 1)])));
        Assert.True(mapped.IsIn([new IPNetwork(address, 32)]));
    }

    [Property]
    public void An_IPv6_address_is_the_client_of_its_64(ulong network, ulong host, ulong otherHost)
    {
        Assert.Equal(Client.Of(IPv6(network, host)), Client.Of(IPv6(network, otherHost)));
        Assert.NotEqual(Client.Of(IPv6(network, host)), Client.Of(IPv6(network ^ 1, host)));
    }

    [Fact]
    public void Exempt_networks_hold_what_is_in_them()
    {
        IPNetwork[] exempt = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32")];
        Assert.True(IPAddress.Parse("10.200.3.4").IsIn(exempt));
        Assert.True(IPAddress.Parse("2001:db8:7::1").IsIn(exempt));
        Assert.False(IPAddress.Parse("11.0.0.1").IsIn(exempt));
        Assert.False(((IPAddress?)null).IsIn(exempt));
    }

    [Property]
    public void As_many_as_the_limit_pass_and_the_next_waits_for_the_end_of_the_period(byte limit, byte after)
    {
        var clock = new FakeTimeProvider();
        var counters = new RequestCounters(clock, capacity: 64);
        var rule = Rule("*", TimeSpan.FromMinutes(10), limit + 1);
        for (var i = 0; i <= limit; i++)
        {
            Assert.Null(counters.Take(7, 0, rule, onlyLook: true));
            Assert.Null(counters.Take(7, 0, rule, onlyLook: false));
        }
        clock.Advance(TimeSpan.FromSeconds(after));
        Assert.Equal(TimeSpan.FromSeconds(600 - after), counters.Take(7, 0, rule, onlyLook: false));
        Assert.Null(counters.Take(8, 0, rule, onlyLook: false));
        Assert.Null(counters.Take(7, 1, rule, onlyLook: false));
        clock.Advance(TimeSpan.FromSeconds(600 - after));
        Assert.Null(counters.Take(7, 0, rule, onlyLook: false));
    }

    [Fact]
    public void A_thousand_times_more_clients_than_there_is_room_for_do_not_push_out_who_is_at_his_limit()
    {
        var counters = new RequestCounters(new FakeTimeProvider(), capacity: 64);
        var rule = Rule("*", TimeSpan.FromMinutes(10), 3);
        for (var i = 0; i < rule.Limit; i++)
            Assert.Null(counters.Take(ulong.MaxValue, 0, rule, onlyLook: false));
        for (ulong client = 0; client < 64_000; client++)
            Assert.Null(counters.Take(client, 0, rule, onlyLook: false));
        Assert.NotNull(counters.Take(ulong.MaxValue, 0, rule, onlyLook: false));
    }

    private static LimitRule Rule(string endpoint, TimeSpan period, int limit)
    {
        Assert.True(EndpointPattern.TryParse(endpoint, out var pattern));
        return new(pattern, period, limit);
    }

    private static IPAddress IPv6(ulong network, ulong host)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, network);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), host);
        return new(bytes);
    }
}
