using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MsaOrleans.Testing.Remains;

namespace MsaOrleans.Testing;

/// <summary>
/// A visitor without JavaScript: opens pages, fills the form that the page really has, hidden fields and antiforgery token included, sends it,
/// follows redirects, keeps cookies.
/// </summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClientHandler handler = new() { UseCookies = true };
    private readonly HttpClient http;
    private static readonly HtmlParser parser = new();

    /// <param name="address">Of the site.</param>
    /// <param name="headers">Sent with every request.</param>
    public Browser(string address, params (string Name, string Value)[] headers)
    {
        http = new HttpClient(handler) { BaseAddress = new Uri(address) };
        foreach (var (name, value) in headers)
            http.DefaultRequestHeaders.Add(name, value);
    }

    /// <summary>The page shown.</summary>
    public IHtmlDocument Page { get; private set; } = null!;

    /// <summary>Its status.</summary>
    public int Status { get; private set; }

    /// <summary>Its path, after redirects.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The headers it came with.</summary>
    public HttpResponseMessage Response { get; private set; } = null!;

    public string Heading => Text("h1");

    public string Title => Plain(Page.Title ?? "");

    /// <summary>The message beside a field, found as a screen reader finds it, without the words that only it speaks; nothing when there is none.</summary>
    public string? ErrorOn(string field) => Control(field) is { } control && MessageFor(control) is { } error
        ? Plain(string.Concat(error.ChildNodes.Where(n => n is not IHtmlElement e || !e.ClassList.Contains("visually-hidden")).Select(n => n.TextContent)))
        : null;

    /// <summary>What the error summary says.</summary>
    public string Summary => Text(".error-summary");

    /// <summary>All that the page says.</summary>
    public string Words => Text("main");

    /// <summary>What a field holds.</summary>
    public string? ValueOf(string field) => Control(field) switch
    {
        IHtmlInputElement { Type: "radio" or "checkbox" } => Page.QuerySelectorAll($"main [name={field}]").OfType<IHtmlInputElement>().FirstOrDefault(i => i.IsChecked)?.Value,
        IHtmlInputElement input => input.Value,
        IHtmlSelectElement select => select.Value,
        IHtmlTextAreaElement area => area.Value,
        _ => null,
    };

    public CookieJar Cookies => new(handler.CookieContainer, http.BaseAddress!);

    public Task Open(string path) => Show(http.GetAsync(path));

    /// <summary>Fills the page's form and sends it. Fields that are not named keep what the page shows.</summary>
    public Task Send(params (string Field, string Value)[] fields)
    {
        var form = Page.QuerySelector("main form[method=post]") as IHtmlFormElement
            ?? throw new InvalidOperationException($"{Path} has no form to send.");
        return Post(Path, [.. Shown(form).Where(shown => fields.All(f => f.Field != shown.Field)), .. fields]);
    }

    /// <summary>Fills the page's form, chooses files in its field for files, and sends it.</summary>
    /// <param name="files">By the names that they have on his machine.</param>
    /// <param name="fields">As in <see cref="Send"/>.</param>
    public Task SendFiles(IEnumerable<(string Name, byte[] Content)> files, params (string Field, string Value)[] fields)
    {
        var form = (IHtmlFormElement)Page.QuerySelector("main form[method=post][enctype='multipart/form-data']")!;
        var field = form.QuerySelector("input[type=file]")!.GetAttribute("name")!;
        return PostFiles(Path, field, files, [.. Shown(form).Where(shown => shown.Field != field && fields.All(f => f.Field != shown.Field)), .. fields]);
    }

    /// <summary>Sends files of one's own making, without looking at the page.</summary>
    public Task PostFiles(string path, string field, IEnumerable<(string Name, byte[] Content)> files, params (string Field, string Value)[] fields)
    {
        TestRemains.Know(fields);
        // By hand: browsers send a name as it is, where .NET's client would encode it.
        const string Boundary = "----end-of-a-part";
        var body = new MemoryStream();
        foreach (var (name, value) in fields)
            Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        foreach (var (name, content) in files)
        {
            Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n");
            body.Write(content);
            Write("\r\n");
        }
        Write($"--{Boundary}--\r\n");
        // Says no length ahead: of a form that says too great a one the answer may be lost, since nobody reads the form.
        return Show(http.SendAsync(new(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body.ToArray()) { Headers = { { "Content-Type", $"multipart/form-data; boundary={Boundary}" } } },
            Headers = { TransferEncodingChunked = true },
        }));

        void Write(string text) => body.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Sends a form of one's own making, without looking at the page.</summary>
    public Task Post(string path, params (string Field, string Value)[] fields)
    {
        TestRemains.Know(fields);
        return Show(http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Field, f.Value)))));
    }

    /// <summary>Follows the link with this text.</summary>
    public Task Follow(string text) => Open(Page.QuerySelectorAll("a").OfType<IHtmlAnchorElement>()
        .First(a => a.TextContent.Trim() == text).GetAttribute("href")!);

    /// <summary>Presses the header's sign-out button.</summary>
    public Task SignOut() => Post("/deconnexion", [.. Shown((IHtmlFormElement)Page.QuerySelector("header form[method=post]")!)]);

    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }

    private static IEnumerable<(string Field, string Value)> Shown(IHtmlFormElement form) =>
    [
        .. form.Elements.OfType<IHtmlInputElement>()
            .Where(i => !string.IsNullOrEmpty(i.Name) && (i.Type is not ("radio" or "checkbox") || i.IsChecked))
            .Select(i => (i.Name!, i.Value)),
        .. form.Elements.OfType<IHtmlSelectElement>().Select(s => (s.Name!, s.Value ?? "")),
        .. form.Elements.OfType<IHtmlTextAreaElement>().Select(a => (a.Name!, a.Value)),
    ];

    // The header has fields of its own, maybe of the same name.
    private IElement? Control(string field) => Page.QuerySelector($"main [name={field}]") ?? Page.QuerySelector($"[name={field}]");

    private IElement? MessageFor(IElement control) => new[] { control, control.Closest("fieldset") }
        .SelectMany(e => e?.GetAttribute("aria-describedby")?.Split(' ') ?? [])
        .Where(id => id.EndsWith("-error", StringComparison.Ordinal))
        .Select(Page.GetElementById)
        .FirstOrDefault();

    private async Task Show(Task<HttpResponseMessage> request)
    {
        Response = await request;
        Status = (int)Response.StatusCode;
        Path = Response.RequestMessage!.RequestUri!.AbsolutePath;
        Page = parser.ParseDocument(await Response.Content.ReadAsStringAsync());
    }

    private string Text(string selector) => Plain(Page.QuerySelector(selector)?.TextContent ?? "");

    // Typography is for readers: tests write ordinary spaces.
    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ').Trim();
}

/// <summary>The cookies of a browser, to be looked at, copied or stolen.</summary>
public sealed class CookieJar(System.Net.CookieContainer container, Uri site)
{
    public string? this[string name] => container.GetCookies(site)[name]?.Value;

    public void Set(string name, string value) => container.Add(site, new System.Net.Cookie(name, value, "/"));
}
