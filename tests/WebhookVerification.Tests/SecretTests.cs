namespace WebhookVerification.Tests;

public sealed class SecretTests
{
    [Theory]
    [InlineData("token", "token", true)]
    [InlineData("token", "tokeN", false)]
    [InlineData("token", "token ", false)]
    [InlineData("token", "", false)]
    [InlineData("", "", false)]
    public void PresentedBytes_MatchOnlyWhenEqualAndNotEmpty(string value, string presented, bool expected) =>
        Assert.Equal(expected, new Secret("name", Bytes(value)).Matches(Bytes(presented)));

    [Fact]
    public void ToString_HidesTheValue() => Assert.Equal("name (redacted)", new Secret("name", Bytes("token")).ToString());

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
