using System.Collections.Frozen;

namespace MsaOrleans.Grains.Interfaces.Caisses;

/// <summary>One of the 35 regional caisses of the MSA.</summary>
/// <param name="Slug">Its name in addresses: <c>alsace</c>.</param>
/// <param name="Name">Its name beside others: <c>Alsace</c>.</param>
/// <param name="FullName">Its name in a sentence, where it is feminine: <c>MSA d'Alsace</c>, <c>MSA Ain-Rhône</c>.</param>
/// <param name="Departments">Codes of its departments.</param>
/// <param name="Contact">How its members reach it, as far as we know.</param>
public sealed record Caisse(string Slug, string Name, string FullName, IReadOnlyList<string> Departments, CaisseContact Contact);

/// <summary>How a caisse is reached.</summary>
/// <param name="Phone">As people dial it: <c>03 89 20 78 68</c>; nothing when we do not know it.</param>
/// <param name="Address">Its head office; nothing when we do not know it.</param>
public sealed record CaisseContact(string? Phone, CaisseAddress? Address);

/// <summary>The postal address of a caisse.</summary>
public sealed record CaisseAddress(string Line, string PostalCode, string City);

/// <summary>One of the 96 departments of metropolitan France.</summary>
/// <param name="Code">Two characters: <c>01</c>, <c>2A</c>.</param>
/// <param name="Name">Its name: <c>Ain</c>.</param>
public sealed record Department(string Code, string Name)
{
    /// <summary>As the lists show it: <c>01-Ain</c>.</summary>
    public string Label => $"{Code}-{Name}";

    /// <summary>As sentences name it, in one piece: <c>01 Ain</c>.</summary>
    public string InWords => $"{Code}\u00a0{Name}";
}

/// <summary>The caisses and departments, read once from the files kept beside this class.</summary>
public static class CaisseDirectory
{
    public static IReadOnlyList<Department> Departments { get; } =
        [.. Rows("departments.csv").Select(cells => new Department(cells[0], cells[1]))];

    public static IReadOnlyList<Caisse> Caisses { get; } = ReadCaisses();

    private static readonly FrozenDictionary<string, Department> departmentsByCode = Departments.ToFrozenDictionary(d => d.Code);

    private static readonly FrozenDictionary<string, Caisse> caissesByDepartment =
        Caisses.SelectMany(c => c.Departments, (caisse, code) => (caisse, code)).ToFrozenDictionary(p => p.code, p => p.caisse);

    private static readonly FrozenDictionary<string, Caisse> caissesBySlug = Caisses.ToFrozenDictionary(c => c.Slug);

    /// <summary>The caisse with this slug, or nothing.</summary>
    public static Caisse? Caisse(string slug) => caissesBySlug.GetValueOrDefault(slug);

    /// <summary>The department with this code, or nothing.</summary>
    public static Department? Department(string code) => departmentsByCode.GetValueOrDefault(code);

    /// <summary>The caisse that serves this department, or nothing.</summary>
    public static Caisse? CaisseOf(string departmentCode) => caissesByDepartment.GetValueOrDefault(departmentCode);

    /// <summary><c>67-Bas-Rhin (MSA Alsace)</c>; a code that is none of the 96 stays as it is.</summary>
    public static string Describe(string departmentCode) =>
        $"{Department(departmentCode)?.Label ?? departmentCode} ({(CaisseOf(departmentCode) is { } caisse ? $"MSA {caisse.Name}" : "MSA")})";

    private static List<Caisse> ReadCaisses()
    {
        var ours = Rows("caisse-contacts.csv").ToDictionary(cells => cells[0], cells => (FullName: cells[5], Contact: new CaisseContact(
            cells[1].Length == 0 ? null : cells[1],
            cells[2].Length == 0 ? null : new(cells[2], cells[3], cells[4]))));
        return [.. Rows("caisses.csv").Select(cells => new Caisse(cells[0], cells[1], ours[cells[0]].FullName, cells[2].Split('|'), ours[cells[0]].Contact))];
    }

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
