using System.Text.RegularExpressions;
using MsaOrleans.Testing;

namespace MsaOrleans.Architecture.Tests;

/// <summary>No secret is in the sources: keys of certificates, tokens of services, passwords of databases and relays (ASVS 13.3.1).</summary>
public sealed partial class SourceSecretsTests
{
    private const int LongestLooked = 1024 * 1024;

    private static readonly HashSet<string> others = [".git", "bin", "obj", "node_modules", "artifacts", "data", "TestResults", "BenchmarkDotNet.Artifacts"];

    [Fact]
    public void There_is_none_in_the_sources()
    {
        var files = Files(new(Repository.Root)).ToList();
        Assert.True(files.Count > 500, $"{files.Count} files");
        Assert.Empty(files.SelectMany(file => SecretsIn(File.ReadAllText(file.FullName)).Select(secret => $"{Path.GetRelativePath(Repository.Root, file.FullName)}: {secret[..Math.Min(20, secret.Length)]}…")));
    }

    // Cut in two, or they would be found here.
    [Theory]
    [InlineData("-----BEGIN " + "PRIVATE KEY-----", 1)]
    [InlineData("-----BEGIN RSA " + "PRIVATE KEY-----", 1)]
    [InlineData("AKIA" + "ABCDEFGHIJKLMNOP", 1)]
    [InlineData("ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789", 1)]
    [InlineData("xoxb-" + "123456789012-abcdefghij", 1)]
    [InlineData("eyJhbGciOiJSUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLWhlcmUtMTIz", 1)]
    [InlineData("Host=db;Username=msa;Pass" + "word=Tr0ubadour;SSL Mode=VerifyFull", 1)]
    [InlineData("Mail__Smtp__Pass" + "word=Tr0ubadour", 1)]
    [InlineData("Adherents__Pseudonym" + "Key=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=", 1)]
    [InlineData("https://msa:" + "Tr0ubadour@db.msa.example", 1)]
    [InlineData("Host=db;Username=msa;Password=;SSL Mode=VerifyFull", 0)]
    [InlineData("Host=db;Username=msa;Password=...", 0)]
    [InlineData("Password=${DB_PASSWORD:?openssl rand -hex 24}", 0)]
    [InlineData("Adherents__PseudonymKey=", 0)]
    [InlineData("var password = form.Password;", 0)]
    [InlineData("http://user@host/", 0)]
    public void One_would_be_found(string text, int secrets) => Assert.Equal(secrets, SecretsIn(text).Count());

    private static IEnumerable<string> SecretsIn(string text) => Secret().Matches(text).Select(match => match.Value);

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) => folder.EnumerateFiles().Where(file => file.Length <= LongestLooked)
        .Concat(folder.EnumerateDirectories().Where(inner => !others.Contains(inner.Name)).SelectMany(Files));

    [GeneratedRegex("""
        -----BEGIN\ (?:[A-Z]+\ )?PRIVATE\ KEY-----
        | \b(?:AKIA|ASIA)[0-9A-Z]{16}\b
        | \bgh[pousr]_[A-Za-z0-9]{36}\b | \bgithub_pat_\w{22,} | \bxox[abprs]-[0-9A-Za-z-]{10,} | \bsk_live_\w{16,} | \bAIza[\w-]{35}\b | \boy2[a-z0-9]{43}\b
        | \beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}
        | (?:\b|_)(?:Password|Secret|ClientSecret|Pwd)=(?!["'])[^\s;"'{}<$.…,)`|]{8,}
        | PseudonymKey[=:]\s*"?(?!A{43})[A-Za-z0-9+/]{43}=
        | \b[a-z]{3,10}://[^\s/:@"'`]+:[^\s/@"'`{}$<]{6,}@
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Secret();
}
