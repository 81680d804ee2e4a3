using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace MsaOrleans.Chaos;

/// <summary>
/// The browser of somebody patient, without JavaScript. When the site does not answer, or says that it cannot, he waits a second or two and tries the same
/// again; when that fails twice he comes by the other server, as a load balancer would send him. Where a password was lost on the way he goes back to its page.
/// </summary>
/// <remarks>It reads no more of a page than it needs: it shares the processors with the servers.</remarks>
internal sealed partial class PatientBrowser : IDisposable
{
    private const int LongestChain = 10;
    private static readonly TimeSpan longestAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan givesUpAfter = TimeSpan.FromMinutes(3);

    private readonly IReadOnlyList<Uri> sites;
    private readonly Ledger ledger;
    private readonly HttpClient http;
    private int site;
    private TimeSpan? interruptedSince;
    private int failuresSince;

    /// <param name="sites">The addresses of the web servers; his cookies are good for all of them.</param>
    /// <param name="first">The one that he comes to first.</param>
    /// <param name="ledger">Where what he sees is noted.</param>
    public PatientBrowser(IReadOnlyList<Uri> sites, int first, Ledger ledger)
    {
        (this.sites, site, this.ledger) = (sites, first % sites.Count, ledger);
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = longestAnswer };
    }

    /// <summary>The page shown, as it came.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Its path, after redirects.</summary>
    public string Path { get; private set; } = "";

    public int Status { get; private set; }

    public Task Open(string path, CancellationToken stop) => Ask(new(HttpMethod.Get, path, []), stop);

    /// <summary>Fills the page's form and sends it, hidden fields included.</summary>
    public Task Send(CancellationToken stop, params (string Field, string Value)[] fields)
    {
        var hidden = Hidden().Matches(Page, Math.Max(Page.IndexOf("<main", StringComparison.Ordinal), 0)).Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)));
        return Ask(new(HttpMethod.Post, Path, [.. hidden, .. fields]), stop);
    }

    public void Dispose() => http.Dispose();

    private async Task Ask(Request request, CancellationToken stop)
    {
        var (started, failures, hops) = (interruptedSince ?? ledger.Now, failuresSince, 0);
        while (true)
        {
            string trouble;
            try
            {
                using var message = request.ToMessage(sites[site]);
                using var response = await http.SendAsync(message, stop);
                if (response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400)
                {
                    if (++hops > LongestChain)
                        throw new StrayedException($"{request.Path} leads on and on, at last to {location}.");
                    request = new(HttpMethod.Get, new Uri(new Uri(sites[site], request.Path), location).PathAndQuery, []);
                    continue;
                }
                var page = await response.Content.ReadAsStringAsync(stop);
                if ((int)response.StatusCode < 500)
                {
                    (Page, Path, Status) = (page, request.Path.Split('?')[0], (int)response.StatusCode);
                    // Back on the page whose password was lost on the way: only when it is sent again has it gone through.
                    interruptedSince = request.IsWayBack ? started : null;
                    failuresSince = request.IsWayBack ? failures : 0;
                    if (!request.IsWayBack)
                        ledger.Note(new Step(Path, started, ledger.Now - started, failures));
                    return;
                }
                trouble = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
                ledger.Note(new Failure(ledger.Now, request.Path, trouble));
                if (request.HoldsSecrets)
                    request = new(HttpMethod.Get, request.Path, []) { IsWayBack = true };
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException || (broken is TaskCanceledException && !stop.IsCancellationRequested))
            {
                trouble = broken switch
                {
                    HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var what } => what.ToString(),
                    TaskCanceledException => "no answer in 30 s",
                    _ => broken.GetType().Name,
                };
                ledger.Note(new Failure(ledger.Now, request.Path, trouble));
            }
            if (ledger.Now - started > givesUpAfter)
                throw new StrayedException($"{request.Path} has not gone through for {givesUpAfter.TotalMinutes:0} minutes ({trouble}).");
            if (++failures % 2 == 0)
                site = (site + 1) % sites.Count;
            await Task.Delay(TimeSpan.FromSeconds(1 + Random.Shared.NextDouble()), stop);
        }
    }

    [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*name="(\w+)")(?=[^>]*value="([^"]*)")[^>]*>""", RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    private sealed record Request(HttpMethod Method, string Path, IReadOnlyList<(string Field, string Value)> Fields)
    {
        public bool IsWayBack { get; init; }

        public bool HoldsSecrets => Fields.Any(f => f.Field.Contains("Password", StringComparison.Ordinal) || f.Field == "Code");

        public HttpRequestMessage ToMessage(Uri site) => new(Method, new Uri(site, Path))
        {
            Content = Method == HttpMethod.Post ? new FormUrlEncodedContent(Fields.Select(f => KeyValuePair.Create(f.Field, f.Value))) : null,
        };
    }
}

/// <summary>A visitor is where nobody should be, and cannot go on.</summary>
internal sealed class StrayedException(string what) : Exception(what);
