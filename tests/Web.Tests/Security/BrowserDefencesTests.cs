using System.Net;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests.Security;

/// <summary>What the site tells browsers to refuse, and what it lets them keep.</summary>
public sealed class BrowserDefencesTests(ProductionSite site) : IClassFixture<ProductionSite>
{
    [Theory]
    [InlineData("/", 200)]
    [InlineData("/connexion", 200)]
    [InlineData("/css/site.css", 200)]
    [InlineData("/espace-prive", 302)]
    [InlineData("/sante/vivant", 200)]
    [InlineData("/n-existe-pas", 404)]
    public async Task Every_answer_tells_browsers_what_to_refuse(string path, int status)
    {
        using var visitor = new SecureVisitor(site);
        using var answer = await visitor.Open(path);

        Assert.Equal(status, (int)answer.StatusCode);
        var policy = Header("Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
        foreach (var directive in (string[])["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"])
            Assert.Contains(directive, policy);
        Assert.All(policy, directive => Assert.False(directive.Contains("unsafe", StringComparison.Ordinal) || directive.Contains('*', StringComparison.Ordinal), directive));
        Assert.Equal("max-age=31536000; includeSubDomains", Header("Strict-Transport-Security"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        foreach (var power in (string[])["camera=()", "microphone=()", "geolocation=()", "payment=()"])
            Assert.Contains(power, Header("Permissions-Policy"), StringComparison.Ordinal);
        foreach (var header in (string[])["Server", "X-Powered-By", "Access-Control-Allow-Origin"])
            Assert.False(answer.Headers.Contains(header), header);

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
    }

    [Theory]
    [InlineData("/demo/boite-aux-lettres")]
    [InlineData("/demo/assistance")]
    public async Task Nothing_of_the_demonstration_is_there(string path)
    {
        using var visitor = new SecureVisitor(site);
        using var answer = await visitor.Open(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Every_cookie_is_of_this_host_alone_and_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var visitor = new SecureVisitor(site);
        (await visitor.Open("/mon-compte")).Dispose(); // is remembered until he has signed in
        (await visitor.Fill("/connexion", ("Identifier", person.Nir), ("Password", Journeys.GoodPassword))).Dispose();
        (await visitor.Fill("/espace-prive/contact", ("Topic", "Payments"), ("Message", "Bonjour"))).Dispose(); // thanked on the next page
        using var space = await visitor.Open("/espace-prive");
        Assert.Equal(HttpStatusCode.OK, space.StatusCode);
        using var newcomer = new SecureVisitor(site);
        (await newcomer.Fill("/inscription/profil", ("Profile", "individual"))).Dispose();
        (await newcomer.Fill("/inscription/identifiant", ("Nir", site.NextPerson().Nir))).Dispose();

        var cookies = visitor.CookiesSet.Concat(newcomer.CookiesSet).ToList();
        Assert.Equal(
            ["__Host-msa-antiforgery", "__Host-msa-inscription", "__Host-msa-message", "__Host-msa-session", "__Host-msa-suite"],
            cookies.Select(cookie => cookie.Split('=')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(cookies, cookie =>
        {
            foreach (var attribute in (string[])["; secure", "; httponly", "; path=/;", "; samesite="])
                Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("; domain", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("samesite=none", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task What_a_sibling_host_can_set_is_no_cookie_of_ours()
    {
        using var browser = site.NewBrowser();
        var person = await browser.OpenSpace(site);
        using var owner = new SecureVisitor(site);
        (await owner.Fill("/connexion", ("Identifier", person.Nir), ("Password", Journeys.GoodPassword))).Dispose();
        Assert.Equal(HttpStatusCode.OK, await StatusWith("__Host-msa-session"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusWith("msa-session"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusWith("__host-msa-session")); // only recent browsers keep that from siblings

        async Task<HttpStatusCode> StatusWith(string name)
        {
            using var visitor = new SecureVisitor(site);
            visitor.Plant(name, owner["__Host-msa-session"]!);
            using var answer = await visitor.Open("/mon-compte");
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_name_that_is_not_the_site_s_is_not_answered_to()
    {
        using var visitor = new SecureVisitor(site, "evil.example");
        using var answer = await visitor.Open("/");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
