using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.AspNetCore.Identity.UI.Services;
using MimeKit;

namespace MsaOrleans.IdentitySite;

/// <summary>Sends each mail by a connection of its own, as ours does.</summary>
internal sealed class SmtpEmailSender(IConfiguration configuration) : IEmailSender
{
    public async Task SendEmailAsync(string email, string subject, string htmlMessage)
    {
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("Identity", "identity@exemple.fr"));
        message.To.Add(new MailboxAddress("", email));
        message.Subject = subject;
        message.Body = new TextPart("html") { Text = htmlMessage };
        using var client = new SmtpClient();
        await client.ConnectAsync(configuration["Smtp:Host"]!, configuration.GetValue<int>("Smtp:Port"), SecureSocketOptions.None);
        await client.SendAsync(message);
        await client.DisconnectAsync(quit: true);
    }
}
