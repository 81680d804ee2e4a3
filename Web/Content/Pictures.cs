using System.Text.Json;

namespace MsaOrleans.Web.Content;

/// <summary>The pictures of pages that a browser test has made for the help (<c>pictures.json</c>), by address.</summary>
public sealed class Pictures(IReadOnlyDictionary<string, Pictures.Picture> all)
{
    private static readonly JsonSerializerOptions format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Pictures None { get; } = new(new Dictionary<string, Picture>());

    public static Pictures Read(string json) => new(JsonSerializer.Deserialize<Dictionary<string, Picture>>(json, format)!);

    /// <summary>What is known of a picture; nothing of one that is still to be made, which the browser test then says.</summary>
    public Picture? Find(string address) => all.GetValueOrDefault(address);

    /// <summary>A picture of a page.</summary>
    /// <param name="Width">In the page, in CSS pixels; the file has more.</param>
    /// <param name="Height">Likewise.</param>
    /// <param name="Page">Fingerprint of what the page was when the picture was made.</param>
    public sealed record Picture(int Width, int Height, string Page);
}
