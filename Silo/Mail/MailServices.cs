using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MsaOrleans.Silo.Mail;

/// <summary>Mail, as the host asks for it.</summary>
public static class MailServices
{
    /// <summary>Writes letters and sends them by the relay when one is configured, else into the pickup directory.</summary>
    public static IServiceCollection AddMsaMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section)
            .Validate(mail => mail.Sender is not null, $"{MailOptions.Section}:{nameof(MailOptions.From)} is not an e-mail address.")
            .Validate(mail => mail.HasWayOut, $"{MailOptions.Section}:Smtp:Host or {MailOptions.Section}:{nameof(MailOptions.PickupDirectory)} must be set.")
            .ValidateOnStart();
        services.AddOptions<SiteOptions>().BindConfiguration(SiteOptions.Section)
            .Validate(site => site.HasPublicUrl, $"{SiteOptions.Section}:{nameof(SiteOptions.PublicUrl)} must be the http or https address of the site.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LetterWriter>();
        services.TryAddSingleton<MailMeter>();
        services.TryAddSingleton<IMailTransport>(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value.Smtp.IsSet
            ? ActivatorUtilities.CreateInstance<SmtpTransport>(provider)
            : ActivatorUtilities.CreateInstance<PickupTransport>(provider));
        return services;
    }
}
