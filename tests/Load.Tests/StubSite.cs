using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MsaOrleans.Testing;

namespace MsaOrleans.Load.Tests;

/// <summary>A site that answers what a test tells it to, one answer after the other.</summary>
internal sealed class StubSite : IAsyncDisposable
{
    public const string Page =
        """
        <html><head><link rel="icon" href="/favicon.svg?v=1"><link rel="stylesheet" href="/css/site.css?v=1"><script src="/js/site.js?v=1" defer></script></head>
        <header><form method="post" action="/deconnexion"><input type="hidden" name="Header" value="h"></form></header>
        <main><form method="post"><input type="hidden" name="Token" value="a&amp;b"></form></main></html>
        """;

    private readonly ConcurrentQueue<Func<HttpContext, Task>> answers = new();
    private readonly ConcurrentQueue<string> asked = new();
    private readonly WebApplication site;

    private StubSite(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        site = builder.Build();
        Address = new(address);
        site.Run(async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            asked.Enqueue($"{context.Request.Method} {context.Request.Path} {body}".Trim());
            ForwardedFor = context.Request.Headers["X-Forwarded-For"];
            if (!context.Request.Path.Value!.Contains('.', StringComparison.Ordinal))
                await (answers.TryDequeue(out var answer) ? answer(context) : context.Response.WriteAsync(Page));
        });
    }

    public Uri Address { get; }

    /// <summary>Method, path and body of what came so far.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public string? ForwardedFor { get; private set; }

    public static async Task<StubSite> Start()
    {
        var stub = new StubSite($"http://127.0.0.1:{FreePort.Next()}");
        await stub.site.StartAsync();
        return stub;
    }

    /// <summary>The next answer. When there is none any more: <see cref="Page"/>.</summary>
    public StubSite Then(int status, string page = "", params (string Name, string Value)[] headers)
    {
        answers.Enqueue(context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            return context.Response.WriteAsync(page);
        });
        return this;
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();
}
