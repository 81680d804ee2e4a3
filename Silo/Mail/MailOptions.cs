using System.Net;
using MimeKit;

namespace MsaOrleans.Silo.Mail;

/// <summary>How mails leave (<c>Mail</c>): by an SMTP relay when one is named, else as files in a folder.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The sender: an address, with or without a display name.</summary>
    public string From { get; set; } = "ne-pas-repondre@msa.example";

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Where mails are left as <c>.eml</c> files when there is no relay.</summary>
    public string? PickupDirectory { get; set; }

    /// <summary>The sender, with a name in any case; nothing when it is no e-mail address.</summary>
    internal MailboxAddress? Sender =>
        MailboxAddress.TryParse(From, out var sender) && sender.Domain is { Length: > 0 }
            ? new MailboxAddress(string.IsNullOrEmpty(sender.Name) ? "MSA - Mon espace privé" : sender.Name, sender.Address)
            : null;

    internal bool HasWayOut => Smtp.IsSet || !string.IsNullOrWhiteSpace(PickupDirectory);
}

/// <summary>The SMTP relay.</summary>
public sealed class SmtpOptions
{
    public string? Host { get; set; }

    /// <summary>Nothing: the usual one for the kind of security.</summary>
    public int? Port { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Nothing: none for a relay on this machine, STARTTLS for any other.</summary>
    public SmtpSecurity? Security { get; set; }

    internal bool IsSet => !string.IsNullOrWhiteSpace(Host);

    internal SmtpSecurity EffectiveSecurity => Security ?? (IsOnThisMachine ? SmtpSecurity.None : SmtpSecurity.StartTls);

    internal int EffectivePort => Port ?? EffectiveSecurity switch
    {
        SmtpSecurity.None => 25,
        SmtpSecurity.StartTls => 587,
        SmtpSecurity.Tls => 465,
    };

    private bool IsOnThisMachine =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}

/// <summary>How the talk with the relay is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all: for a relay on the same machine.</summary>
    None,

    /// <summary>TLS after STARTTLS; a relay that does not offer it is not used.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}

/// <summary>The site as its visitors reach it (<c>Site</c>).</summary>
public sealed class SiteOptions
{
    public const string Section = "Site";

    /// <summary>Base of the links in mails, for instance <c>https://espace-prive.msa.example</c>.</summary>
    public Uri? PublicUrl { get; set; }

    internal bool HasPublicUrl => PublicUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    internal string Base => HasPublicUrl
        ? PublicUrl!.AbsoluteUri.TrimEnd('/')
        : throw new InvalidOperationException($"{Section}:{nameof(PublicUrl)} is not set: mails cannot link to the site.");
}
