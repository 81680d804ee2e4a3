using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace MsaOrleans.Load;

/// <summary>How a visitor's browser reaches the site.</summary>
/// <param name="Site">Its address.</param>
/// <param name="Meter">Where what it sees is counted; nothing: it is not counted.</param>
/// <param name="Address">What a proxy would say that he comes from; nothing: no proxy says so.</param>
/// <param name="Assets">Whether style sheets, scripts and the icon are fetched, each once.</param>
internal sealed record Way(Uri Site, LoadMeter? Meter, string? Address, bool Assets);

/// <summary>
/// A browser without JavaScript: its own connections, cookies and cache, forms with their hidden fields. It reads no more of a page than it needs: it may share the processors with the
/// server. When told to wait, by <c>Retry-After</c> or by a waiting room, it waits, unless it is impatient; for how long in all is counted when it is closed.
/// </summary>
internal sealed partial class LoadBrowser : IDisposable
{
    public const string AssetsPage = "css, js and icon";
    public const string TooManyRequests = "429";
    public const string WaitingRoom = "waiting room";

    private const int LongestChain = 10;
    private const int MostWaits = 50;
    private static readonly TimeSpan longestAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan longestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan usualWait = TimeSpan.FromSeconds(1);

    private readonly Way way;
    private readonly bool impatient;
    private readonly HttpClient http;
    private readonly HashSet<string> cache = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan> waited = new(StringComparer.Ordinal);

    public LoadBrowser(Way way, bool impatient = false)
    {
        (this.way, this.impatient) = (way, impatient);
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, MaxConnectionsPerServer = 6 })
        {
            BaseAddress = way.Site,
            Timeout = longestAnswer,
        };
        http.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (load test)");
        http.DefaultRequestHeaders.Add("Accept", "text/html,*/*;q=0.8");
        http.DefaultRequestHeaders.Add("Accept-Language", "fr");
        if (way.Address is not null)
            http.DefaultRequestHeaders.Add("X-Forwarded-For", way.Address);
    }

    /// <summary>The page shown, as it came.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Its path, after redirects.</summary>
    public string Path { get; private set; } = "";

    public int Status { get; private set; }

    /// <summary>For how long the site has been at work for him.</summary>
    public TimeSpan Busy { get; private set; }

    /// <param name="path">Of the page.</param>
    /// <param name="late">For how long it should have been asked for already.</param>
    /// <param name="stop">He is cut off.</param>
    public Task Open(string path, TimeSpan late, CancellationToken stop) => Ask(HttpMethod.Get, path, [], late, stop);

    /// <summary>Fills the page's form and sends it, hidden fields included.</summary>
    public Task Send(TimeSpan late, CancellationToken stop, params IReadOnlyList<(string Field, string Value)> fields) => Ask(HttpMethod.Post, Path, [.. HiddenAfter("<main"), .. fields], late, stop);

    /// <summary>Presses the header's sign-out button.</summary>
    public Task SignOut(TimeSpan late, CancellationToken stop) => Ask(HttpMethod.Post, "/deconnexion", [.. HiddenAfter("<header").Take(1)], late, stop);

    public void Dispose()
    {
        foreach (var (kind, time) in waited)
            way.Meter?.NoteWait(kind, time);
        http.Dispose();
    }

    private async Task Ask(HttpMethod method, string path, IReadOnlyList<(string Field, string Value)> fields, TimeSpan late, CancellationToken stop)
    {
        for (var (hops, waits) = (0, 0); ;)
        {
            using var response = await Request(method, path, fields, late, stop);
            late = TimeSpan.Zero; // what follows is asked for at once
            var status = (int)response.StatusCode;
            if (status is >= 300 and < 400 && response.Headers.Location is { } location)
            {
                if (++hops > LongestChain)
                    throw new VisitFailedException("redirects without end", $"{path} leads on and on, at last to {location}.");
                (method, path, fields) = (HttpMethod.Get, new Uri(new Uri(way.Site, path), location).PathAndQuery, []);
                continue;
            }
            (Path, Status) = (path.Split('?')[0], status);
            if (IsWaitingRoom().IsMatch(Page))
            {
                var (wait, next) = Refresh(path);
                await Wait(WaitingRoom, wait, ++waits, stop);
                (method, path, fields) = (HttpMethod.Get, next, []);
                continue;
            }
            if (status == 429)
            {
                if (impatient)
                {
                    way.Meter?.NoteRefusal(TooManyRequests);
                    return;
                }
                await Wait(TooManyRequests, RetryAfter(response), ++waits, stop);
                continue;
            }
            if (status >= 500)
                throw new VisitFailedException(status.ToString(CultureInfo.InvariantCulture), $"{path} answered {status}.");
            if (way.Assets)
                await FetchAssets(stop);
            return;
        }
    }

    private async Task<HttpResponseMessage> Request(HttpMethod method, string path, IReadOnlyList<(string Field, string Value)> fields, TimeSpan late, CancellationToken stop, string? page = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Field, field.Value)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var sent = way.Meter?.Now ?? TimeSpan.Zero;
        try
        {
            // The body has come too when this returns.
            var response = await http.SendAsync(request, stop);
            if (page is null)
                Page = await response.Content.ReadAsStringAsync(stop);
            way.Meter?.NoteAnswer(NameOf(response, page) ?? page ?? NameOf(method, path), sent - late, sent);
            return response;
        }
        catch (Exception broken) when (broken is HttpRequestException || (broken is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new VisitFailedException(
                broken is HttpRequestException { HttpRequestError: var what } ? what == HttpRequestError.Unknown ? "connection" : $"connection: {what}" : $"no answer in {longestAnswer.TotalSeconds:0} s",
                $"{path}: {broken.Message}");
        }
        finally
        {
            Busy += page is null ? clock.Elapsed : TimeSpan.Zero;
        }
    }

    // Like a browser: what the page links to, unless it is in the cache, all at once.
    private Task FetchAssets(CancellationToken stop) => Task.WhenAll(Assets().Matches(Page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Where(cache.Add).Select(async asset =>
    {
        using var response = await Request(HttpMethod.Get, asset, [], TimeSpan.Zero, stop, AssetsPage);
        if (!response.IsSuccessStatusCode && (int)response.StatusCode != 429)
            throw new VisitFailedException(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), $"{asset} answered {(int)response.StatusCode}.");
    }));

    private async Task Wait(string kind, TimeSpan time, int waits, CancellationToken stop)
    {
        if (waits > MostWaits)
            throw new VisitFailedException($"{kind} without end", $"{Path} asked to wait {MostWaits} times.");
        way.Meter?.NoteRefusal(kind);
        var (since, spent) = (System.Diagnostics.Stopwatch.GetTimestamp(), time);
        try
        {
            await Task.Delay(time, stop);
        }
        catch (OperationCanceledException)
        {
            spent = System.Diagnostics.Stopwatch.GetElapsedTime(since); // sent home while he waited
            throw;
        }
        finally
        {
            waited[kind] = waited.GetValueOrDefault(kind) + spent;
        }
    }

    private (TimeSpan Wait, string Path) Refresh(string path)
    {
        if (MetaRefresh().Match(Page) is not { Success: true } refresh)
            return (usualWait, path);
        var wait = TimeSpan.FromSeconds(double.Parse(refresh.Groups[1].Value, CultureInfo.InvariantCulture));
        return (wait < longestWait ? wait : longestWait, refresh.Groups[2] is { Success: true, Value: var next } ? new Uri(new Uri(way.Site, path), WebUtility.HtmlDecode(next)).PathAndQuery : path);
    }

    private static TimeSpan RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > DateTimeOffset.UtcNow => date - DateTimeOffset.UtcNow,
            _ => usualWait,
        };
        return wait < longestWait ? wait : longestWait;
    }

    // What says "not now", or nothing at all, is no page: it comes quicker than one.
    private string? NameOf(HttpResponseMessage response, string? asset) => asset is null && IsWaitingRoom().IsMatch(Page) ? WaitingRoom
        : (int)response.StatusCode is var status and (429 or >= 500) ? status.ToString(CultureInfo.InvariantCulture)
        : null;

    private string NameOf(HttpMethod method, string path) => $"{(impatient ? "bot: " : "")}{(method == HttpMethod.Get ? "" : $"{method} ")}{path.Split('?')[0]}";

    private IEnumerable<(string Field, string Value)> HiddenAfter(string element) =>
        Hidden().Matches(Page, Math.Max(Page.IndexOf(element, StringComparison.Ordinal), 0)).Select(field => (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)));

    [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*name="(\w+)")(?=[^>]*value="([^"]*)")[^>]*>""", RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    [GeneratedRegex("""<(?:link(?=[^>]*rel="(?:stylesheet|icon)")[^>]*href|script[^>]*src)="([^"]+)"[^>]*>""", RegexOptions.CultureInvariant)]
    private static partial Regex Assets();

    [GeneratedRegex(@"<main\b[^>]*\bdata-waiting-room\b", RegexOptions.CultureInvariant)]
    private static partial Regex IsWaitingRoom();

    [GeneratedRegex("""<meta(?=[^>]*http-equiv="refresh")[^>]*content="\s*(\d+(?:\.\d+)?)\s*(?:;\s*url=([^"]+))?"[^>]*>""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MetaRefresh();
}

/// <summary>A visitor cannot go on.</summary>
/// <param name="kind">As what it is counted.</param>
/// <param name="what">What happened.</param>
internal sealed class VisitFailedException(string kind, string what) : Exception(what)
{
    public string Kind { get; } = kind;
}
