namespace MsaOrleans.Testing;

/// <summary>Where the project's own files are.</summary>
public static class Repository
{
    /// <summary>The folder of MsaOrleans.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A program of the project as the build that runs now has left it: <c>Web</c>, <c>Silo</c>, <c>tests/IdentitySite</c>.</summary>
    /// <param name="project">Which.</param>
    /// <param name="version">The folder of another version of the project, built in the same configuration; nothing: this one.</param>
    public static string BuiltProgram(string project, string? version = null)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(version ?? Root, project, "bin", output.Parent!.Name, output.Name, $"{Path.GetFileName(project)}.dll");
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MsaOrleans.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("MsaOrleans.sln is not above the tests.");
    }
}
