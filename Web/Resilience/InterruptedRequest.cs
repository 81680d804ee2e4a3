using Microsoft.Extensions.Primitives;

namespace MsaOrleans.Web.Resilience;

/// <summary>A request that could not be served, or not now: the page that says so offers to send it again.</summary>
/// <param name="Address">Where it was sent: path and query.</param>
/// <param name="Fields">What was typed, secrets excepted; nothing when it was no form.</param>
/// <param name="HeldSecrets">A password or a code was among it. It is not written into any page: it must be typed again.</param>
public sealed record InterruptedRequest(string Address, IReadOnlyList<KeyValuePair<string, string>>? Fields, bool HeldSecrets)
{
    /// <param name="request">The request.</param>
    /// <param name="longest">A longer form, in bytes, is not even read.</param>
    public static async Task<InterruptedRequest> From(HttpRequest request, long longest = long.MaxValue)
    {
        // With one slash: what begins with two would lead to another site.
        var address = $"/{$"{request.PathBase}{request.Path}".TrimStart('/')}{request.QueryString}";
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || request.ContentLength > longest || await Form(request) is not { } form)
            return new(address, null, false);
        return new(
            address,
            [
                .. from field in form where !IsSecret(field.Key) from value in field.Value select KeyValuePair.Create(field.Key, value ?? ""),
                .. from file in form.Files where file.Length > 0 select KeyValuePair.Create(file.Name, file.FileName), // no page can hold the file: the form will ask for it again
            ],
            form.Any(field => IsSecret(field.Key) && !StringValues.IsNullOrEmpty(field.Value)));
    }

    private static bool IsSecret(string field) => field.Contains("Password", StringComparison.OrdinalIgnoreCase) || field is "Code";

    // Usually read already by the page that failed; a form that cannot be read could not be sent again either.
    private static async Task<IFormCollection?> Form(HttpRequest request)
    {
        try
        {
            return await request.ReadFormAsync();
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException)
        {
            return null;
        }
    }
}
