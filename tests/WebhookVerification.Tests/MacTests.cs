namespace WebhookVerification.Tests;

public sealed class MacTests
{
    /// <summary>RFC 4231, test case 2.</summary>
    [Fact]
    public void PublishedVector_IsReproduced()
    {
        const string Key = "Jefe";
        const string Content = "what do ya want for nothing?";

        Assert.Equal("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", Convert.ToHexStringLower(Mac.Sha1(Key, Content)));
        Assert.Equal("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", Mac.Hex(Key, Content));
        Assert.StartsWith("af45d2e376484031", Convert.ToHexStringLower(Mac.Sha384(Key, Content)), StringComparison.Ordinal);
        Assert.StartsWith("164b7a7bfcf819e2", Convert.ToHexStringLower(Mac.Sha512(Key, Content)), StringComparison.Ordinal);
    }
}
