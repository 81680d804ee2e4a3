using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using MsaOrleans.Grains.Interfaces.Agents;
using MsaOrleans.Grains.Interfaces.Assistance;
using MsaOrleans.Grains.Interfaces.Sessions;
using MsaOrleans.Silo.Hosting;
using MsaOrleans.Silo.Storage;
using MsaOrleans.Web.Arrivals;
using MsaOrleans.Web.Assistance;
using MsaOrleans.Web.Content;
using MsaOrleans.Web.Forms;
using MsaOrleans.Web.Journey;
using MsaOrleans.Web.Resilience;
using MsaOrleans.Web.Sessions;
using MsaOrleans.Web.Visitors;

namespace MsaOrleans.Web.Hosting;

/// <summary>The site, put together: what it needs, and what each request passes through.</summary>
public static class MsaSite
{
    private const string ByAddress = "msa";

    // Pages of which caches may keep a copy: they tell nothing of anybody. Region and size of the text are in cookies.
    private static readonly string[] tellOfNobody = ["/Index", "/Help/", "/Legal/"];

    /// <summary>Runs the site until it is told to stop. A setting that cannot be used ends it with 2 and a sentence for whoever set it.</summary>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            await using var site = Build(args);
            await site.BackendAnswers();
            await site.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is SetupException or OptionsValidationException or ContentException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    /// <param name="args">Command line.</param>
    /// <param name="configure">Last word on the services, for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(MsaSite).Assembly.GetName().Name, // not the program's, which may be a test
            ContentRootPath = ContentRoot(),
        });
        // Static files are found beside the built program too, in every environment, whatever folder it is started from.
        builder.WebHost.UseStaticWebAssets();
        // Edited files show at once on a developer's machine. Elsewhere a program that was built and not published would read them anew for each visitor, compress
        // nothing, and let browsers keep nothing.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = builder.Environment.IsDevelopment().ToString();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 5 * 1024 * 1024; // forms only; a field too long gets its sentence, not a closed door
            kestrel.Limits.MaxRequestLineSize = 64 * 1024; // the same, for what is sought
        });
        builder.AddBackend();
        builder.AddMsaTelemetry("msa-web");
        builder.AddDashboards();
        builder.AddProxies();
        builder.AddRequestLimits();
        AddPages(builder);
        builder.AddVisitors();
        AddSessions(builder);
        builder.AddFranceConnectSignIn();
        builder.AddWaitingRoom();
        builder.AddFranceConnectProvider();
        configure?.Invoke(builder);

        var site = builder.Build();
        UsePipeline(site);
        // Starting leaves as much garbage as everything that stays; an idle site on a small machine should not hold it.
        site.Lifetime.ApplicationStarted.Register(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
        return site;
    }

    private static void AddPages(WebApplicationBuilder builder)
    {
        var pages = builder.Services.AddRazorPages(razor =>
        {
            razor.Conventions.ConfigureFilter(new IgnoreAntiforgeryTokenAttribute()); // FormFilter checks the token, and keeps what was typed
            // Kept by no cache is the rule, also for pages that are added.
            razor.Conventions.AddFolderApplicationModelConvention("/", page =>
            {
                page.Filters.Add(tellOfNobody.Any(pages => page.ViewEnginePath.StartsWith(pages, StringComparison.Ordinal)) ? new VaryByCookieAttribute() : new NoStoreAttribute());
            });
            foreach (var journey in (string[])["/Registration", "/SignIn", "/FirstConnection", "/PrivateSpace", "/Account", "/Enrolment", "/FranceConnect", "/Demo", "/Assistance"])
                razor.Conventions.AddFolderApplicationModelConvention(journey, page => page.Filters.Add(new QuietFrameAttribute()));
            // Pages answer to any method where nothing says otherwise. The page that says so does: it is shown in answer to all of them.
            razor.Conventions.AddFolderRouteModelConvention("/", page =>
            {
                foreach (var address in page.ViewEnginePath == "/Errors/Status" ? [] : page.Selectors)
                    address.EndpointMetadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head, HttpMethods.Post]));
            });
            razor.Conventions.AddFolderApplicationModelConvention("/Assistance", page => page.Filters.Add(new ServiceFilterAttribute<AgentPageFilter> { Order = 0 }));
        });
        pages.AddMvcOptions(mvc =>
        {
            // In this order: who may be here, then what he sent.
            mvc.Filters.Add<SessionPageFilter>(order: 0);
            mvc.Filters.Add<UnreadableFormFilter>(order: 1);
            mvc.Filters.Add<RegistrationStepFilter>(order: 2);
            mvc.Filters.Add<FormFilter>(order: 3);
            // These read names such as "a[b]" as jQuery writes them, and throw at "a[". No form of ours has any.
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
        });
        if (builder.Environment.IsDevelopment())
            CompileEditedPages(pages);
        // Accented letters as they are, not as entities: French pages are a fifth smaller, and readable.
        builder.Services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new(UnicodeRanges.All));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<FrenchClock>();
        builder.Services.AddContent();
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "msa-antiforgery";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.Configure<CookieTempDataProviderOptions>(message =>
        {
            message.Cookie.Name = "msa-message";
            message.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        builder.Services.Configure<RouteOptions>(routes => routes.LowercaseUrls = true);
        builder.Services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
    }

    // A method of its own, never inlined: the compiler's assemblies are loaded where it runs, and nowhere else.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompileEditedPages(IMvcBuilder pages)
    {
#pragma warning disable ASPDEPR003 // Obsolete in favour of hot reload, which "dotnet run" does not give; wanted here so that an edited page shows at once.
        pages.AddRazorRuntimeCompilation();
#pragma warning restore ASPDEPR003
    }

    private static void AddSessions(WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<ICookieManager, ChunkingCookieManager>();
        builder.Services.AddSingleton(services => Cookie<SignUpVisit>(
            services, "msa-inscription", settings.GetValue("Registration:AbandonedAfter", TimeSpan.FromDays(7)), outlivesBrowser: true));
        builder.Services.AddSingleton(services => new KnownIdentifier(Cookie<KnownIdentifier.Value>(services, "msa-identifiant", KnownIdentifier.Lifetime)));
        builder.Services.AddSingleton(services => new WantedPage(Cookie<WantedPage.Value>(services, "msa-suite", WantedPage.Lifetime)));
        builder.Services.AddKeyedSingleton(Supervisors.Scheme, (services, _) => new WantedPage(Cookie<WantedPage.Value>(services, "msa-assistance-suite", WantedPage.Lifetime)));
        builder.Services.AddSingleton(services => new ExpiredPasswordVisit(Cookie<ExpiredPasswordVisit.Value>(services, "msa-expire", ExpiredPasswordVisit.Lifetime)));
        builder.Services.AddScoped<RegistrationJourney>();
        builder.Services.AddScoped<AdherentSession>();
        builder.Services.AddSingleton(services => new AgentVisit(Cookie<AgentVisit.Value>(services, "msa-assistance-code", AgentVisit.Lifetime)));
        builder.Services.AddSingleton(services => new CurrentCall(Cookie<AgentAct>(services, "msa-assistance-appel", CurrentCall.Lifetime)));
        builder.Services.AddSingleton<FileHandles>();
        builder.Services.AddScoped<AgentSession>();
        builder.Services.AddScoped<AgentPageFilter>();
        // A request is of an agent or of an adherent by its address alone: the cookie of the other kind is not even read.
        builder.Services.AddAuthentication(ByAddress)
            .AddPolicyScheme(ByAddress, null, scheme =>
                scheme.ForwardDefaultSelector = context => context.Request.Path.StartsWithSegments(AgentSession.Path) ? Supervisors.Scheme : AdherentSession.Scheme)
            .AddCookie(AdherentSession.Scheme, cookie =>
            {
                Keep(cookie, AdherentSession.Scheme, SameSiteMode.Lax, settings.GetValue("Session:Absolute", TimeSpan.FromHours(8)));
                cookie.Events.OnValidatePrincipal = AdherentSession.Validate;
            })
            .AddCookie(Supervisors.Scheme, cookie =>
            {
                Keep(cookie, Supervisors.Scheme, SameSiteMode.Strict, settings.GetValue("Assistance:Absolute", TimeSpan.FromHours(10)));
                cookie.Events.OnValidatePrincipal = AgentSession.Validate;
            });
    }

    private static void Keep(CookieAuthenticationOptions cookie, string name, SameSiteMode sameSite, TimeSpan absolute)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.SameSite = sameSite;
        cookie.Cookie.HttpOnly = true;
        // The grain judges idleness; this is only the outer limit of the cookie itself.
        cookie.ExpireTimeSpan = absolute;
        cookie.SlidingExpiration = false;
    }

    private static ProtectedCookie<T> Cookie<T>(IServiceProvider services, string name, TimeSpan lifetime, bool outlivesBrowser = false)
        where T : class =>
        new(name, lifetime, outlivesBrowser, services.GetRequiredService<IDataProtectionProvider>(), services.GetRequiredService<ICookieManager>());

    private static void UsePipeline(WebApplication site)
    {
        site.UseProxies();
        site.Use(HostPrefix.Use);
        var french = CultureInfo.GetCultureInfo("fr-FR");
        site.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new(french),
            SupportedCultures = [french],
            SupportedUICultures = [french],
            RequestCultureProviders = [],
        });
        site.UseExceptionHandler("/erreur/500");
        // In a scope of its own: authentication answers once a scope, and if that was a failure it would fail the page that says so as well.
        site.UseStatusCodePagesWithReExecute("/erreur/{0}", createScopeForStatusCodePages: true);
        site.UseMiddleware<UnavailableMiddleware>();
        if (!site.Environment.IsDevelopment())
            site.UseHsts();
        site.Use(SecurityHeaders);
        site.Use(Charset.Readable);
        site.MapStaticAssets().ShortCircuit();
        site.UseRouting();
        site.UseRequestLimits();
        site.UseWaitingRoom();
        site.UseAuthentication();
        site.UseAuthorization();
        site.MapRazorPages().WithStaticAssets(); // so that pages ask for files by the name that tells their content, which browsers keep for good
        site.MapFranceConnectProvider();
        // Asked by the warning before the idle limit: authentication has noted the request already, so that answering is all there is to do.
        site.MapPost("/session/prolongation", (HttpContext context) => context.Features.Get<SessionStatus>() is null ? Results.Unauthorized() : Results.NoContent());
        site.MapPost(AgentSession.ProlongationPath, (HttpContext context) => context.Features.Get<AgentStatus>() is null ? Results.Unauthorized() : Results.NoContent());
        site.MapHealth();
        site.MapDashboards();
    }

    private static Task SecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }

    // "dotnet run" starts in the project's folder; the built program may be started from anywhere, and then finds its files beside itself.
    private static string ContentRoot()
    {
        var current = Directory.GetCurrentDirectory();
        return File.Exists(Path.Combine(current, "Web.csproj")) ? current : AppContext.BaseDirectory;
    }
}
