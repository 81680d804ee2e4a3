using System.Collections.Frozen;

namespace MsaOrleans.Grains.Interfaces.Caisses;

/// <summary>One of the 35 regional caisses of the MSA.</summary>
/// <param name="Slug">Its name in addresses: <c>alsace</c>.</param>
/// <param name="Name">Its name on pages: <c>Alsace</c>.</param>
/// <param name="Departments">Codes of its departments.</param>
public sealed record Caisse(string Slug, string Name, IReadOnlyList<string> Departments);

/// <summary>One of the 96 departments of metropolitan France.</summary>
/// <param name="Code">Two characters: <c>01</c>, <c>2A</c>.</param>
/// <param name="Name">Its name: <c>Ain</c>.</param>
public sealed record Department(string Code, string Name)
{
    /// <summary>As the lists show it: <c>01-Ain</c>.</summary>
    public string Label => $"{Code}-{Name}";
}

/// <summary>The caisses and departments, read once from the two files kept beside this class.</summary>
public static class CaisseDirectory
{
    public static IReadOnlyList<Department> Departments { get; } =
        [.. Rows("departments.csv").Select(cells => new Department(cells[0], cells[1]))];

    public static IReadOnlyList<Caisse> Caisses { get; } =
        [.. Rows("caisses.csv").Select(cells => new Caisse(cells[0], cells[1], cells[2].Split('|')))];

    private static readonly FrozenDictionary<string, Department> departmentsByCode = Departments.ToFrozenDictionary(d => d.Code);

    private static readonly FrozenDictionary<string, Caisse> caissesByDepartment =
        Caisses.SelectMany(c => c.Departments, (caisse, code) => (caisse, code)).ToFrozenDictionary(p => p.code, p => p.caisse);

    /// <summary>The department with this code, or nothing.</summary>
    public static Department? Department(string code) => departmentsByCode.GetValueOrDefault(code);

    /// <summary>The caisse that serves this department, or nothing.</summary>
    public static Caisse? CaisseOf(string departmentCode) => caissesByDepartment.GetValueOrDefault(departmentCode);

    private static IEnumerable<string[]> Rows(string file)
    {
        using var stream = typeof(CaisseDirectory).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded in the assembly.");
        using var reader = new StreamReader(stream);
        reader.ReadLine(); // header
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                yield return line.Split(';');
        }
    }
}
