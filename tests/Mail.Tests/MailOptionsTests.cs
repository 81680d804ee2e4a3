using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MsaOrleans.Silo.Mail;

namespace MsaOrleans.Mail.Tests;

public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("localhost", null, SmtpSecurity.None, 25)]
    [InlineData("::1", null, SmtpSecurity.None, 25)]
    [InlineData("relay.msa.example", null, SmtpSecurity.StartTls, 587)]
    [InlineData("relay.msa.example", "none", SmtpSecurity.None, 25)]
    [InlineData("relay.msa.example", "starttls", SmtpSecurity.StartTls, 587)]
    [InlineData("relay.msa.example", "tls", SmtpSecurity.Tls, 465)]
    public void A_relay_is_talked_to_in_clear_only_on_this_machine_or_when_told_so(string host, string? security, SmtpSecurity effective, int port)
    {
        using var mail = Configured(new() { ["Mail:Smtp:Host"] = host, ["Mail:Smtp:Security"] = security });

        var relay = mail.GetRequiredService<IOptions<MailOptions>>().Value.Smtp;

        Assert.Equal(effective, relay.EffectiveSecurity);
        Assert.Equal(port, relay.EffectivePort);
    }

    [Fact]
    public void A_relay_goes_before_a_folder()
    {
        using var both = Configured(new() { ["Mail:Smtp:Host"] = "localhost", ["Mail:PickupDirectory"] = "mails" });
        using var folder = Configured(new() { ["Mail:PickupDirectory"] = "mails" });

        Assert.IsType<SmtpTransport>(both.GetRequiredService<IMailTransport>());
        Assert.IsType<PickupTransport>(folder.GetRequiredService<IMailTransport>());
    }

    [Theory]
    [InlineData("Mail:From", "not an address")]
    [InlineData("Mail:PickupDirectory", null)]
    [InlineData("Site:PublicUrl", null)]
    [InlineData("Site:PublicUrl", "/connexion")]
    public void A_host_that_could_not_send_a_letter_does_not_start(string key, string? value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Mail:PickupDirectory"] = "mails",
            ["Site:PublicUrl"] = "https://espace-prive.msa.example",
        };
        Configured(settings).GetRequiredService<IStartupValidator>().Validate();
        settings[key] = value;

        using var mail = Configured(settings);

        Assert.Throws<OptionsValidationException>(() => mail.GetRequiredService<IStartupValidator>().Validate());
    }

    private static ServiceProvider Configured(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddLogging()
        .AddMsaMail()
        .BuildServiceProvider();
}
