using System.Text;
using System.Text.Json;
using MsaOrleans.Testing;
using MsaOrleans.Testing.Remains;

namespace MsaOrleans.EndToEnd.Tests;

/// <summary>A search that finds nothing must have been one that would have found something.</summary>
public sealed class SecretSearchTests
{
    private const string Name = "D'HERBÈS-LÉGER MARIE-ÈVE";

    public static readonly TheoryData<string, byte[]> Written = new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Name) },
        { "small letters", Encoding.UTF8.GetBytes("d'herbès-léger marie-ève") },
        { "UTF-16", Encoding.Unicode.GetBytes(Name) },
        { "small letters in UTF-16", Encoding.Unicode.GetBytes("d'herbès-léger marie-ève") },
        { "Latin-1", Encoding.Latin1.GetBytes(Name) },
        { "JSON", JsonSerializer.SerializeToUtf8Bytes(new { Name }) },
        { "an address", Encoding.UTF8.GetBytes($"?q={Uri.EscapeDataString(Name)}&page=2") },
        { "hexadecimal digits", Encoding.UTF8.GetBytes(@"\x" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"{{{Name}}}"))) },
        { "base64", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Name))) },
        { "base64 after a character", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"\"{Name}\""))) },
        { "base64 after two", Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"[\"{Name}\"]"))) },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Whatever_it_is_written_in_it_is_found(string how, byte[] bytes)
    {
        var search = new SecretSearch();
        search.Add(how, Name);
        search.Add("another", "Tilleul-Ardoise-7");
        foreach (var before in new[] { 0, 1, 7, (1 << 20) - 9, (1 << 20) + 3 }) // across the ends of what is read at once, too
            Assert.Equal([how], Find(search, [.. new byte[before], .. bytes, .. "\0 …"u8]));
    }

    [Fact]
    public void What_is_almost_it_is_not()
    {
        var search = new SecretSearch();
        search.AddPerson(Person.LamyFritz);
        search.Add("too short", "LAMY");
        Assert.Empty(Find(search, Encoding.UTF8.GetBytes("1630967482228 1 63 09 67 482 228 LAMY FRIDA lamy.fritz 1 RUE D'ALSAC")));
        Assert.Equal(["NIR"], Find(search, "le 1 63 09 67 482 229 "u8.ToArray()));
        Assert.Equal(["address", "name"], Find(search, "Fritz Lamy, 1 rue d'Alsace: 1234567890"u8.ToArray()));
        search.AddPerson(Person.Perrin);
        Assert.Equal(["card serial"], Find(search, "80250000329876543210"u8.ToArray()));
    }

    [Fact]
    public void Digits_have_no_capitals()
    {
        var search = new SecretSearch();
        search.Add("serial", "1020304050");
        byte[] numbers = [.. Encoding.Unicode.GetBytes("1020304050").Select(b => (byte)(b & ~0x20))]; // such stand in any database
        Assert.Empty(Find(search, numbers));
        Assert.Equal(["serial"], Find(search, Encoding.Unicode.GetBytes("1020304050")));
    }

    [Fact]
    public void What_is_typed_is_known_by_its_field_and_junk_is_not()
    {
        var search = new SecretSearch();
        foreach (var (field, typed) in new[]
        {
            ("Identifier", " 1 63 09 67 482 229 "), ("NewPassword", "Tilleul-Ardoise-7"), ("Email", " quelqu.un@exemple.fr "), ("MobilePhone", "06 12 34 56 78"), ("Message", "Bonjour, ma jument est malade."),
            ("Nir", "9234567890123"), ("Email", "pas une adresse"), ("MobilePhone", "0000000000000"), ("FamilyName", "QUELCONQUE"), ("Message", new string('é', 5000)),
            ("CardSerial", "0000000000"), ("CardSerial", "0123456789"),
        })
            search.AddTyped(field, typed);
        Assert.Equal(
            ["NIR", "email", "message", "password", "telephone"],
            Find(search, Encoding.UTF8.GetBytes("{1630967482229}{tilleul-ardoise-7}{QUELQU.UN@EXEMPLE.FR}{+33612345678}{Bonjour, ma jument est malade.}")));
        Assert.Empty(Find(search, Encoding.UTF8.GetBytes("{9234567890123}{pas une adresse}{0000000000000}{QUELCONQUE}{0123456789}" + new string('é', 5000))));
    }

    private static string[] Find(SecretSearch search, byte[] bytes)
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        Assert.Equal(bytes.Length, search.Read(new MemoryStream(bytes), kinds));
        return [.. kinds];
    }
}
