using MsaOrleans.Fuzz;
using MsaOrleans.Testing;

namespace MsaOrleans.Web.Tests;

/// <summary>What <c>tests/fuzz</c> begins with, and all that it has found: thrown at the same doors once more.</summary>
public sealed class FuzzCorpusTests
{
    private static readonly string corpus = Path.Combine(Repository.Root, "tests", "Fuzz", "Corpus");

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Whatever_was_thrown_at_it_is_borne(string target)
    {
        var files = Directory.GetFiles(Path.Combine(corpus, target)).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        using var door = FuzzTarget.All[target]();
        Assert.All(files, file => door.Try(File.ReadAllBytes(file)));
    }

    [Fact]
    public void Every_folder_of_the_corpus_is_a_target() => Assert.Equal(FuzzTarget.All.Keys.Order(StringComparer.Ordinal), Directory.GetDirectories(corpus).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
