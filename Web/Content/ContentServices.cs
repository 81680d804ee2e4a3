using MsaOrleans.Web.Search;

namespace MsaOrleans.Web.Content;

/// <summary>News, help and the search over them.</summary>
internal static class ContentServices
{
    /// <exception cref="ContentException">A file of <c>Web/Content</c> is not right.</exception>
    public static void AddContent(this IServiceCollection services)
    {
        services.AddSingleton(ContentLibrary.Embedded());
        services.AddSingleton<SiteSearch>();
    }
}
