using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MsaOrleans.Testing;
using MsaOrleans.Web.FranceConnect.Provider;
using MsaOrleans.Web.Hosting;

namespace MsaOrleans.Fuzz.Targets;

/// <summary>
/// The whole site in this process, without a network between: what somebody sends who is not signed in. The first byte says to which address, the others are
/// what each kind of request makes of them.
/// </summary>
internal sealed partial class SiteTarget : FuzzTarget
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz"; // so that what was found can be read: the first address is "a"

    // An element that no page has: where it comes back as it was sent, a script would.
    private const string Foreign = "<zq>";

    private const string ClientSecret = "un-secret-de-test-qui-est-assez-long";
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    private readonly TempFolder data = new();
    private readonly Troubles troubles = new();
    private readonly WebApplication site;
    private readonly TestServer server;
    private readonly string[] addresses;
    private readonly Action<HttpContext, byte[]> fill;
    private readonly (string Cookie, string Field) token;

    private SiteTarget(string[] addresses, Action<HttpContext, byte[], (string Cookie, string Field)> fill)
    {
        this.addresses = addresses;
        this.fill = (context, bytes) => fill(context, bytes, token);
        site = MsaSite.Build(
            [
                "--environment", "Fuzzing", "--Data:Directory", data.Path, "--Logging:LogLevel:Default=Warning", "--Logging:Console:LogLevel:Default=None", .. Unlimited.FromHere,
                "--WaitingRoom:Enabled=false", "--Demo:FranceConnect=false", .. Client,
            ],
            builder =>
            {
                builder.WebHost.UseTestServer();
                builder.Services.AddSingleton<ILoggerProvider>(troubles);
            });
        site.StartAsync().GetAwaiter().GetResult();
        server = site.GetTestServer();
        token = Token();
    }

    private static string[] Client =>
    [
        "--FranceConnect:Provider:Issuer=http://127.0.0.1", "--FranceConnect:Provider:Clients:0:Id=fc", $"--FranceConnect:Provider:Clients:0:Secret={ClientSecret}",
        "--FranceConnect:Provider:Clients:0:Name=FranceConnect", "--FranceConnect:Provider:Clients:0:RedirectUris=http://127.0.0.1:9/callback",
        "--FranceConnect:Provider:Clients:0:PostLogoutRedirectUris=http://127.0.0.1:9/logout",
    ];

    /// <summary>
    /// A form, of somebody who has begun a sign-up: of several parts when it begins with a dash, as browsers send files. Where it holds <c>TOKEN</c>, it gets past the
    /// antiforgery check.
    /// </summary>
    public static FuzzTarget Forms() => new SiteTarget(
        [
            "/connexion", "/inscription/identifiant", "/mot-de-passe/oublie", "/verification", "/changer-de-region", "/taille-du-texte", "/assistance/connexion", "/inscription/profil",
            "/inscription/coordonnees", "/inscription/verification", "/inscription/verification/carte-vitale", "/inscription/verification/paiement", "/inscription/conditions",
        ],
        (context, bytes, token) =>
        {
            var body = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("TOKEN", $"__RequestVerificationToken={token.Field}", StringComparison.Ordinal));
            context.Request.Headers.Cookie = token.Cookie;
            Post(context, body, body is [(byte)'-', (byte)'-', ..] ? "multipart/form-data; boundary=limit" : UrlEncoded);
        });

    /// <summary>The parameters of OpenID Connect, in the address or, before a blank line, in the header that authorises and in a form.</summary>
    public static FuzzTarget OpenId() => new SiteTarget(
        [ProviderPaths.Authorize, ProviderPaths.Token, ProviderPaths.UserInfo, ProviderPaths.Logout, ProviderPaths.SignIn, "/connexion/franceconnect", "/.well-known/openid-configuration"],
        (context, bytes, _) =>
        {
            var text = Encoding.Latin1.GetString(bytes).Split('\n', 2);
            if (text is [var authorisation, var form])
            {
                context.Request.Headers.Authorization = Header(authorisation);
                Post(context, Encoding.Latin1.GetBytes(form), UrlEncoded);
            }
            else
            {
                context.Request.QueryString = new("?" + Header(text[0]).Replace('#', '?'));
            }
        });

    /// <summary>The header of the cookies.</summary>
    public static FuzzTarget Cookies() => new SiteTarget(
        ["/", "/connexion", "/espace-prive", "/inscription/identifiant", "/inscription/coordonnees", "/mot-de-passe/expire", "/assistance", "/assistance/code", "/changer-de-region", "/mon-compte", "/erreur/404"],
        (context, bytes, _) => context.Request.Headers.Cookie = Header(Encoding.UTF8.GetString(bytes)));

    public override void Try(byte[] input)
    {
        if (input.Length == 0 || input[0] - Letters[0] is not (>= 0 and var which) || which >= addresses.Length)
            return;
        var (status, page) = Ask(addresses[which], context => fill(context, input[1..]));
        var trouble = troubles.Take();
        Holds(trouble is null, $"{trouble}");
        Holds(status < StatusCodes.Status500InternalServerError, $"answered with {status}");
        Holds(!page.Contains(Foreign, StringComparison.OrdinalIgnoreCase), "what was sent is no part of the page");
    }

    public override void Dispose()
    {
        site.StopAsync().GetAwaiter().GetResult();
        site.DisposeAsync().AsTask().GetAwaiter().GetResult();
        data.Dispose();
        base.Dispose();
    }

    private static void Post(HttpContext context, byte[] body, string type)
    {
        context.Request.Method = HttpMethods.Post;
        (context.Request.ContentType, context.Request.ContentLength, context.Request.Body) = (type, body.Length, new MemoryStream(body));
    }

    // What a server refuses before the site sees it.
    private static string Header(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    private (int Status, string Page) Ask(string address, Action<HttpContext> fill, Action<HttpContext>? look = null)
    {
        var context = server.SendAsync(context =>
        {
            (context.Request.Method, context.Request.Scheme, context.Request.Host, context.Request.Path) = (HttpMethods.Get, "http", new("127.0.0.1"), address);
            context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
            fill(context);
        }).GetAwaiter().GetResult();
        using var page = new StreamReader(context.Response.Body);
        look?.Invoke(context);
        return (context.Response.StatusCode, page.ReadToEndAsync().GetAwaiter().GetResult());
    }

    // Of a visitor who has typed a number.
    private (string Cookie, string Field) Token()
    {
        var cookies = "";
        var (_, page) = Ask("/inscription/identifiant", _ => { }, Keep);
        var field = TokenField().Match(page).Groups[1].Value;
        var form = Encoding.ASCII.GetBytes($"__RequestVerificationToken={field}&Nir=1630967482229");
        Ask(
            "/inscription/identifiant",
            context =>
            {
                context.Request.Headers.Cookie = cookies;
                Post(context, form, UrlEncoded);
            },
            Keep);
        return (cookies, field);

        void Keep(HttpContext context) => cookies = string.Join("; ", [.. context.Response.Headers.SetCookie.Select(cookie => cookie!.Split(';')[0]), .. cookies.Length > 0 ? [cookies] : Array.Empty<string>()]);
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex TokenField();

    /// <summary>The first thing since the last time that was logged as an error.</summary>
    private sealed class Troubles : ILoggerProvider, ILogger
    {
        private string? first;

        public string? Take() => Interlocked.Exchange(ref first, null);

        // The framework calls it an error that a cookie of the antiforgery check cannot be read; whoever sent it gets his page, and another cookie.
        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Microsoft.AspNetCore.Antiforgery", StringComparison.Ordinal) ? NullLogger.Instance : this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Interlocked.CompareExchange(ref first, $"{formatter(state, exception)} {exception}", null);
        }

        public void Dispose()
        {
        }
    }
}
