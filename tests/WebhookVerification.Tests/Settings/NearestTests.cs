using WebhookVerification.Settings;

namespace WebhookVerification.Tests.Settings;

public sealed class NearestTests
{
    [Theory]
    [InlineData("Methdos", "Methods")]
    [InlineData("methods", "Methods")]
    [InlineData("strip", "stripe")]
    [InlineData("Url", "Urls")]
    public void Misspelling_FindsTheName(string wrong, string expected) =>
        Assert.Equal(expected, Nearest.Match(wrong, ["Hosts", "stripe", "Urls", "Methods"]));

    [Theory]
    [InlineData("Banana")]
    [InlineData("")]
    [InlineData("x")]
    public void SomethingElse_FindsNothing(string wrong) => Assert.Null(Nearest.Match(wrong, ["Hosts", "stripe", "Urls"]));

    [Fact]
    public void NeighboursSwapped_CountOnce() => Assert.Equal("ab", Nearest.Match("ba", ["ab"]));
}
