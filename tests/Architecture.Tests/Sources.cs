using MsaOrleans.Testing;

namespace MsaOrleans.Architecture.Tests;

/// <summary>The sources beside these tests.</summary>
internal static class Sources
{
    public static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    /// <summary>The C# and Razor sources under a folder, without what the compiler makes; paths as from the root, with slashes.</summary>
    public static IEnumerable<(string Path, string Text)> Under(string folder) =>
        from extension in new[] { "*.cs", "*.cshtml" }
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), extension, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj")
        select (path, File.ReadAllText(file));
}
