using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MsaOrleans.Web.Tests;

/// <summary>A visitor who follows no redirect, looks at all that an answer is made of, and holds a stopwatch.</summary>
internal sealed partial class Observer : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient http;
    private (string Field, string Value)[] hidden = [];

    public Observer(Site site, string? userAgent = null)
    {
        http = new HttpClient(handler) { BaseAddress = new Uri(site.Address) };
        if (userAgent is not null)
            http.DefaultRequestHeaders.Add("User-Agent", userAgent);
    }

    /// <summary>Opens a page and takes its form's hidden fields: they go with all that is sent from now on.</summary>
    public async Task<Answer> Open(string path)
    {
        var answer = await Ask(() => http.GetAsync(path));
        hidden = [.. HiddenField().Matches(answer.Body).Select(m => (m.Groups["name"].Value, m.Groups["value"].Value)).DistinctBy(f => f.Item1)];
        return answer;
    }

    public Task<Answer> Send(string path, params (string Field, string Value)[] fields) =>
        Ask(() => http.PostAsync(path, new FormUrlEncodedContent(hidden.Concat(fields).Select(f => KeyValuePair.Create(f.Field, f.Value)))));

    /// <summary>Opens a page, sends its form, and goes where the answer leads, to take the next form.</summary>
    public async Task<Answer> Fill(string path, params (string Field, string Value)[] fields)
    {
        await Open(path);
        return await Send(path, fields);
    }

    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }

    private static async Task<Answer> Ask(Func<Task<HttpResponseMessage>> request)
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await request();
        var body = await response.Content.ReadAsStringAsync();
        return new(
            (int)response.StatusCode,
            response.Headers.Location?.OriginalString,
            [.. response.Headers.Concat(response.Content.Headers).SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}")).Order(StringComparer.Ordinal)],
            body,
            Stopwatch.GetElapsedTime(start));
    }

    [GeneratedRegex("""<input[^>]*?name="(?<name>__RequestVerificationToken|Draft)"[^>]*?value="(?<value>[^"]*)"[^>]*>""")]
    private static partial Regex HiddenField();
}

/// <summary>One answer, in all its parts.</summary>
internal sealed partial record Answer(int Status, string? Location, IReadOnlyList<string> Headers, string Body, TimeSpan Time)
{
    /// <summary>All of it but what differs anyway: the date, what is random, what was typed.</summary>
    public string Told(params string[] typed) => typed.Aggregate(
        $"{Status}\n{string.Join('\n', Headers.Where(IsTold).Select(WithoutCookieValue))}\n\n{RandomValue().Replace(Body, "random")}",
        (told, text) => told.Replace(text, "what was typed", StringComparison.Ordinal));

    private static bool IsTold(string header) => !header.StartsWith("Date:", StringComparison.Ordinal);

    private static string WithoutCookieValue(string header) => header.StartsWith("Set-Cookie:", StringComparison.Ordinal) ? CookieValue().Replace(header, "=a value", 1) : header;

    [GeneratedRegex("=[^;]*")]
    private static partial Regex CookieValue();

    [GeneratedRegex("""(?<=<input[^>]*name="(__RequestVerificationToken|Draft)"[^>]*value=")[^"]*""")]
    private static partial Regex RandomValue();
}
