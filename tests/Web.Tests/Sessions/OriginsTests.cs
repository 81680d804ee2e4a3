using System.Net;
using Microsoft.AspNetCore.Http;
using MsaOrleans.Web.Sessions;

namespace MsaOrleans.Web.Tests.Sessions;

/// <summary>From where somebody signed in: enough to recognise oneself, too little to be tracked by.</summary>
public sealed class OriginsTests
{
    [Theory]
    [InlineData("203.0.113.77", "203.0.113.x")]
    [InlineData("10.1.2.3", "10.1.2.x")]
    [InlineData("255.255.255.255", "255.255.255.x")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.x")]
    [InlineData("2001:db8:1234:5678:9abc:def0:1234:5678", "2001:0db8:1234:x")]
    [InlineData("2a01:e0a::1", "2a01:0e0a:0000:x")]
    [InlineData("fe80::1%3", "fe80:0000:0000:x")]
    [InlineData("::1", "0000:0000:0000:x")]
    [InlineData(null, "inconnue")]
    public void A_network_address_names_no_household(string? address, string kept) =>
        Assert.Equal(kept, Of("", address is null ? null : IPAddress.Parse(address)).Network);

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", "Ordinateur, Firefox")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Ordinateur, Firefox")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "Ordinateur, Chrome")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "Ordinateur, Edge")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 OPR/123.0.0.0", "Ordinateur, Opera")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", "Ordinateur, Safari")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "Ordinateur, Chrome")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1", "Téléphone, Safari")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1", "Téléphone, Chrome")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/143.0 Mobile/15E148 Safari/605.1.15", "Téléphone, Firefox")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 EdgiOS/140.0.3485.94 Mobile/15E148 Safari/605.1.15", "Téléphone, Edge")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1", "Tablette, Safari")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", "Téléphone, Chrome")]
    [InlineData("Mozilla/5.0 (Android 14; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", "Téléphone, Firefox")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36", "Téléphone, Samsung Internet")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.0.0", "Téléphone, Edge")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", "Tablette, Chrome")]
    [InlineData("curl/8.14.1", "Appareil inconnu")]
    [InlineData("", "Appareil inconnu")]
    public void A_device_is_told_by_its_kind_and_its_program_without_version_or_model(string userAgent, string device) => Assert.Equal(device, Of(userAgent, null).Device);

    // It is shown to its owner and kept with his sign-ins: whoever writes it must not choose the words, or how many.
    [Fact]
    public void Nothing_of_what_a_browser_says_of_itself_is_kept_word_for_word() =>
        Assert.Equal("Téléphone, Firefox", Of("Appelez le 0 899 00 00 00 <b>Mobile</b> Firefox/1 " + new string('x', 10_000), null).Device);

    private static Grains.Interfaces.Credentials.SignInOrigin Of(string userAgent, IPAddress? address)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.UserAgent = userAgent;
        context.Connection.RemoteIpAddress = address;
        return Origins.Of(context);
    }
}
