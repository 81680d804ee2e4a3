using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using MsaOrleans.Silo.FranceConnect;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Web.FranceConnect.Provider;
using OpenIddict.Server;

namespace MsaOrleans.Web.Hosting;

/// <summary>The MSA as identity provider of FranceConnect, where clients are named (<c>FranceConnect:Provider</c>). Elsewhere there is nothing of it, and nothing is loaded for it.</summary>
internal static class FranceConnectProvider
{
    private const string Section = "FranceConnect:Provider";
    private const string Pages = "/FranceConnect/Provider";
    private const int ShortestSecret = 32;

    private static readonly string[] keys = ["Issuer", "Clients"];
    private static readonly string[] clientKeys = ["Id", "Secret", "Name", "RedirectUris", "PostLogoutRedirectUris", "UserInfo"];

    /// <exception cref="SetupException">A setting cannot be used.</exception>
    public static void AddFranceConnectProvider(this WebApplicationBuilder builder)
    {
        if (Read(builder.Configuration) is { } settings)
            Add(builder.Services, settings);
        else
            builder.Services.Configure<RazorPagesOptions>(razor => razor.Conventions.AddFolderRouteModelConvention(Pages, page => page.Selectors.Clear()));
    }

    public static void MapFranceConnectProvider(this WebApplication site)
    {
        if (site.Configuration.GetSection($"{Section}:Clients").Exists())
            Map(site);
    }

    // Methods of their own, never inlined: where no client is named nothing of this is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(IServiceCollection services, ProviderSettings settings)
    {
        services.AddFranceConnectStores();
        services.AddProviderServer(settings);
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>, KeyChange<OpenIddictServerOptions>>();
        services.AddOptions<OpenIddictServerOptions>().Configure<SigningKeys>((options, keys) =>
        {
            foreach (var key in keys.Published) // in this order: the first one signs, all of them are made known
            {
                options.SigningCredentials.Add(new(new ECDsaSecurityKey(key.Key) { KeyId = key.Id }, SecurityAlgorithms.EcdsaSha256));
                options.EncryptionCredentials.Add(new(new SymmetricSecurityKey(key.TokenKey) { KeyId = key.Id }, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
            }
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Map(WebApplication site) => site.MapUserInfo();

    private static ProviderSettings? Read(ConfigurationManager configuration)
    {
        var section = configuration.GetSection(Section);
        section.RefuseUnknown(keys);
        var clients = section.GetSection("Clients");
        if (!clients.Exists())
            return null;
        if (clients.Value is not null)
            throw new SetupException($"{clients.Path} is a list: {clients.Path}:0:Id, and so on.");
        var read = clients.GetChildren().Select(ReadClient).ToList();
        if (read.GroupBy(client => client.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new SetupException($"{clients.Path}: two clients have the Id {twice.Key}.");
        return FranceConnectSettings.Address(section["Issuer"]) is { PathAndQuery: "/" } issuer
            ? new(issuer, read)
            : throw new SetupException($"{section.Path}:Issuer must be the public address of the site, such as https://espace.msa.example; without https only on this machine.");
    }

    private static ProviderClient ReadClient(IConfigurationSection client)
    {
        client.RefuseUnknown(clientKeys);
        return new(
            Required("Id"),
            client["Secret"] is { Length: >= ShortestSecret } secret ? secret : throw new SetupException($"{client.Path}:Secret must have at least {ShortestSecret} characters."),
            Required("Name"),
            Addresses("RedirectUris") is { Count: > 0 } redirects ? redirects : throw new SetupException($"{client.Path}:RedirectUris must name at least one address."),
            Addresses("PostLogoutRedirectUris"),
            client["UserInfo"] switch
            {
                null or "" or "json" => false,
                "jwt" => true,
                _ => throw new SetupException($"{client.Path}:UserInfo must be json or jwt."),
            });

        string Required(string key) => client[key] is { Length: > 0 } text ? text : throw new SetupException($"{client.Path}:{key} must be set.");

        List<Uri> Addresses(string key) =>
            [.. Lists.Read(client, key).Select(text => FranceConnectSettings.Address(text) ?? throw new SetupException($"{client.Path}:{key}: \"{text}\" is not an address that begins with https, or without it one on this machine."))];
    }

    // Of any options: MVC looks at every type of the site, and one that named OpenIddict's would have it loaded.
    private sealed class KeyChange<TOptions>(SigningKeys keys) : IOptionsChangeTokenSource<TOptions>
    {
        public string Name => Options.DefaultName;

        public IChangeToken GetChangeToken() => keys.Change;
    }
}
