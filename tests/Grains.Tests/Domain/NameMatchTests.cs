using MsaOrleans.Grains.Domain;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class NameMatchTests
{
    [Theory]
    [InlineData("LAMY\uFFFE", "LAMY")]
    [InlineData("\uD83D\uDC04", "")]
    public void Text_that_is_not_text_does_not_upset_it(string name, string folded) => Assert.Equal(folded, NameMatch.Fold(name));
}
