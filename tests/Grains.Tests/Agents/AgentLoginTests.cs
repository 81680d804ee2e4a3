using MsaOrleans.Grains.Interfaces.Agents;

namespace MsaOrleans.Grains.Tests.Agents;

public sealed class AgentLoginTests
{
    [Theory]
    [InlineData("marie.durand")]
    [InlineData(" Marie.DURAND ")]
    public void Capitals_and_blanks_around_it_do_not_count(string typed)
    {
        Assert.True(AgentLogin.TryParse(typed, out var login));
        Assert.Equal("marie.durand", login.Value);
        Assert.Equal(AgentLogin.KeyFor(typed), login.Key);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("jean-luc.martin2")]
    [InlineData("x2345678901234567890123456789012345678901234567890")]
    public void Letters_digits_dots_and_dashes_make_one(string typed) => Assert.True(AgentLogin.TryParse(typed, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".marie")]
    [InlineData("marie.")]
    [InlineData("marie..durand")]
    [InlineData("marie durand")]
    [InlineData("marie_durand")]
    [InlineData("aimé")]
    [InlineData("<b>")]
    [InlineData("x23456789012345678901234567890123456789012345678901")]
    public void Anything_else_does_not(string? typed) => Assert.False(AgentLogin.TryParse(typed, out _));

    /// <summary>Rows are found by it for ever.</summary>
    [Fact]
    public void Its_key_never_changes() => Assert.Equal(new("85c75975-efea-f17c-3fa2-12c5134ce54a"), AgentLogin.KeyFor("marie.durand"));
}
