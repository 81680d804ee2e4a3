namespace MsaOrleans.Architecture.Tests;

/// <summary>Documents that say which test shows what cannot outlive the test.</summary>
public sealed class NamedTestsTests
{
    private static readonly NamedTests examples = new(
    [
        ("tests/X.Tests/DoorTests.cs", "[Theory]\n[InlineData(\"[0]\")]\npublic async Task It_opens_once(string key) { }\n[Fact]\npublic void It_shuts() { }\npublic static Task Not_a_test() => Task.CompletedTask;"),
        ("tests/X.Tests/WallTests.cs", "[Property]\npublic bool It_stands(int days) => true;"),
    ]);

    [Theory]
    [InlineData("security.md", 150)]
    [InlineData("franceconnect.md", 30)]
    [InlineData("accessibility.md", 20)]
    [InlineData("privacy.md", 70)]
    public void Every_test_that_is_named_exists(string document, int atLeast)
    {
        var text = Sources.Read($"docs/{document}");
        Assert.Empty(NamedTests.OfThisProject.MissingFrom(text));
        Assert.True(NamedTests.CountIn(text) >= atLeast, $"{NamedTests.CountIn(text)} tests are named.");
    }

    [Theory]
    [InlineData("`It_opens_once`, `It_stands`", null)]
    [InlineData("[DoorTests] `It_opens_once`, `It_shuts` | [WallTests] `It_stands`", null)]
    [InlineData("`DoorTests.It_shuts`, `It_op…`, `client_secret_post`, `X-Forwarded-For`, `Site:Proxies`", null)]
    [InlineData("`It_opens_twice`", ".It_opens_twice")]
    [InlineData("`Not_a_test`", ".Not_a_test")]
    [InlineData("[WallTests] `It_shuts`", "WallTests.It_shuts")]
    [InlineData("`WallTests.It_shuts`", "WallTests.It_shuts")]
    [InlineData("`It_closes…`", ".It_closes…")]
    [InlineData("[keys](keys.md), [keys](no-keys.md)", "no-keys.md")]
    [InlineData("[DoorTests]: ../tests/X.Tests/DoorTests.cs", "../tests/X.Tests/DoorTests.cs")]
    public void One_that_does_not_is_found_out(string text, string? missing) =>
        Assert.Equal(missing is null ? [] : [missing], examples.MissingFrom(text));
}
