namespace MsaOrleans.Architecture.Tests;

/// <summary>The sources beside these tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The C# and Razor sources under a folder, without what the compiler makes; paths as from the root, with slashes.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        from extension in new[] { "*.cs", "*.cshtml" }
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), extension, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj")
        select (path, File.ReadAllText(file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MsaOrleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No MsaOrleans.sln above the tests.");
    }
}
