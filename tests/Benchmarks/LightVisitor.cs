using System.Text;
using System.Text.RegularExpressions;
using MsaOrleans.Testing;

namespace MsaOrleans.Benchmarks;

/// <summary>
/// A visitor who asks for every page and sends every form, as a browser would, but reads no more of them than their hidden fields: he shares the
/// processors with the server that is measured.
/// </summary>
internal sealed partial class LightVisitor(string address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = new Uri(address) };
    private string page = "";
    private string path = "";

    /// <summary>How long the page is, in bytes as it was sent without compression.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(page);

    public async Task SignUp(Person person)
    {
        await Open("/inscription/profil");
        await Send(("Profile", "individual"));
        await Send(("Nir", person.Nir));
        await Send();
        await Send(Journeys.DetailsOf(person));
        await Send(("HealthInsured", "no"));
        await Send(("PaymentAmount", person.RecentAmounts[0]));
        await Send();
        await Send(("AcceptTerms", "true"));
        Expect("/inscription/terminee");
    }

    public async Task FirstConnection(Person person, string provisional)
    {
        await Open("/connexion");
        await Send(("Identifier", person.Nir), ("Password", provisional));
        await Send(("NewPassword", Journeys.GoodPassword), ("ConfirmPassword", Journeys.GoodPassword));
        await Open("/premiere-connexion/coordonnees");
        await Send(("Email", person.Email));
        await Open("/espace-prive");
        Expect("/espace-prive");
    }

    /// <summary>The sign-in page, its form, and the home of the private space it leads to.</summary>
    public async Task SignIn(Person person, string password)
    {
        await Open("/connexion");
        await Send(("Identifier", person.Nir), ("Password", password));
        Expect("/espace-prive");
    }

    public Task Open(string where) => Show(http.GetAsync(where));

    // The form of the page, not the one of its header.
    public Task Send(params (string Field, string Value)[] fields) => Show(http.PostAsync(
        path, new FormUrlEncodedContent([.. Hidden().Matches(page, page.IndexOf("<main", StringComparison.Ordinal)).Select(m => KeyValuePair.Create(m.Groups[1].Value, m.Groups[2].Value)), .. fields.Select(f => KeyValuePair.Create(f.Field, f.Value))])));

    public void Expect(string where)
    {
        if (path != where)
            throw new InvalidOperationException($"The journey ended at {path} instead of {where}.");
    }

    public void ExpectText(string text)
    {
        if (!page.Contains(text, StringComparison.Ordinal))
            throw new InvalidOperationException($"{path} does not say « {text} ».");
    }

    public void Dispose() => http.Dispose();

    private async Task Show(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        page = await response.Content.ReadAsStringAsync();
        path = response.RequestMessage!.RequestUri!.AbsolutePath;
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}.");
    }

    [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*name="(\w+)")(?=[^>]*value="([^"]*)")[^>]*>""", RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();
}
