using Proxy.Commands.Demo;

namespace Proxy.Tests.Vendors;

/// <summary>
/// The vendors' code against our idea of their signatures, without a proxy in between: what it rejects here it would
/// reject behind any proxy.
/// </summary>
public sealed class VendorCodeTests
{
    private const string Secret = "the vendor's secret";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Theory]
    [InlineData("tawk", "tawk.js")]
    [InlineData("tawk", "tawk.php")]
    [InlineData("tawk", "tawk.rb")]
    [InlineData("chatbase", "chatbase.js")]
    [InlineData("protocol", "protocol.js")]
    [InlineData("protocol", "protocol.php")]
    [InlineData("smarterbot", "smarterbot.js")]
    [InlineData("smarterbot", "smarterbot-raw.js")]
    public async Task SampleOfTheProvider_IsAcceptedGenuineAndRejectedUnderAnotherSecret(string provider, string script)
    {
        var body = SampleWebhook.All.First(sample => sample.Provider == provider).Body.ToArray();
        var (_, signature) = ProviderSignature.Of(provider, Secret, body, At);

        Assert.True(await VendorCode.AcceptsAsync(script, Secret, body, signature));
        Assert.False(await VendorCode.AcceptsAsync(script, "another secret", body, signature));
    }

    [Fact]
    public async Task SpacedJson_IsRejectedByTheCodeThatSerialisesAnew()
    {
        var body = "{ \"Type\": \"Lead\" }"u8.ToArray();
        var (_, signature) = ProviderSignature.Smarterbot(Secret, body, At);

        Assert.False(await VendorCode.AcceptsAsync("smarterbot.js", Secret, body, signature));
        Assert.True(await VendorCode.AcceptsAsync("smarterbot-raw.js", Secret, body, signature));
    }
}
