using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using MsaOrleans.Web.Forms;

namespace MsaOrleans.Web.Resilience;

/// <summary>A request that could not be served, or not now: the page that says so offers to send it again.</summary>
/// <param name="Address">Where it was sent: path and query.</param>
/// <param name="Fields">What was typed, secrets excepted; nothing when it was no form, or could not be kept.</param>
/// <param name="HeldSecrets">A password or a code was among it. It is not written into any page: it must be typed again.</param>
/// <param name="HeldFiles">Files were among it, which no page can hold: they must be chosen again.</param>
/// <param name="IsLost">It was a form, and could not be kept.</param>
public sealed record InterruptedRequest(string Address, IReadOnlyList<KeyValuePair<string, string>>? Fields = null, bool HeldSecrets = false, bool HeldFiles = false, bool IsLost = false)
{
    // As FormOptions has it.
    private const int LongestBoundary = 128;

    /// <param name="request">The request.</param>
    /// <param name="longest">A form that nobody has read, and has more text, in bytes, is not kept; of its files, which go by, the names are.</param>
    public static async Task<InterruptedRequest> From(HttpRequest request, int? longest = null)
    {
        // With one slash: what begins with two would lead to another site.
        var address = $"/{$"{request.PathBase}{request.Path}".TrimStart('/')}{request.QueryString}";
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
            return new(address);
        if (await Read(request, longest) is not var (texts, files))
            return new(address, IsLost: true);
        return new(
            address,
            [.. texts.Where(field => !IsSecret(field.Key)), .. files], // the name of a file where the file was: the form will ask for it again
            texts.Exists(field => IsSecret(field.Key) && field.Value != ""),
            files.Count > 0);
    }

    private static bool IsSecret(string field) => field.Contains("Password", StringComparison.OrdinalIgnoreCase) || field is "Code";

    // Nothing when it cannot be read; it could not be sent again either.
    private static async Task<(List<KeyValuePair<string, string>> Texts, List<KeyValuePair<string, string>> Files)?> Read(HttpRequest request, int? longest)
    {
        try
        {
            if (longest is { } most && request.GetMultipartBoundary() is { Length: > 0 and <= LongestBoundary } boundary)
                return await ReadPastFiles(request, boundary, most);
            if (request.ContentLength > longest)
                return null;
            var form = await request.ReadFormAsync();
            return (
                [.. from field in form from value in field.Value select KeyValuePair.Create(field.Key, value ?? "")],
                [.. from file in form.Files where file.Length > 0 select KeyValuePair.Create(file.Name, file.FileName)]);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException)
        {
            return null;
        }
    }

    // Read to its end, or its sender would see his connection broken instead of our page; kept nowhere, neither in memory nor on the disk.
    private static async Task<(List<KeyValuePair<string, string>> Texts, List<KeyValuePair<string, string>> Files)?> ReadPastFiles(HttpRequest request, string boundary, int longest)
    {
        if (FormWithFilesAttribute.IsOn(request.HttpContext.GetEndpoint()))
            FormWithFilesAttribute.Admit(request.HttpContext);
        var (texts, files, left, buffer) = (new List<KeyValuePair<string, string>>(), new List<KeyValuePair<string, string>>(), longest, new byte[longest]);
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition)
                continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            left -= name.Length;
            if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue) // also where none was chosen
            {
                var file = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
                left -= file.Length;
                if (file != "")
                    files.Add(new(name, file));
            }
            else if (left > 0)
            {
                var read = await section.Body.ReadAtLeastAsync(buffer.AsMemory(0, left), left, throwOnEndOfStream: false);
                left -= read;
                texts.Add(new(name, Encoding.UTF8.GetString(buffer, 0, read)));
            }
            if (left <= 0)
                return null;
        }
        return (texts, files);
    }
}
