using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Web.Hosting;

/// <summary>What the settings of FranceConnect have in common, either way.</summary>
internal static class FranceConnectSettings
{
    /// <exception cref="SetupException">Something is set that is not known: it would be passed over.</exception>
    public static void RefuseUnknown(this IConfigurationSection section, string[] known)
    {
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new SetupException($"{unknown.Path} is no setting of this site: {section.Path} knows {string.Join(", ", known)}.");
    }

    /// <summary>An address that a password, or who somebody is, may travel to: by plain HTTP only where it stays on this machine.</summary>
    /// <returns>Nothing when it is none.</returns>
    public static Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Fragment.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : null;
}
