using Proxy.Commands;
using Proxy.Commands.Demo;

namespace Proxy.Tests.Commands;

public sealed class SignCommandTests
{
    [Fact]
    public async Task Body_IsSignedAsTheProviderDoes()
    {
        var run = await CommandRun.OfAsync("sign --provider tawk --secret literal:a-secret", "{}");
        var (name, value) = ProviderSignature.Tawk("a-secret", "{}"u8);
        Assert.Equal((ExitCode.Ok, $"{name}: {value}\n", ""), (run.Code, run.Output, run.Error));
    }

    [Theory]
    [InlineData("", 1735787047)]
    [InlineData("--timestamp 1700000000", 1700000000)]
    [InlineData("--timestamp 2023-11-14T22:13:20Z", 1700000000)]
    [InlineData("--timestamp 2023-11-14T23:13:20.5+01:00", 1700000000)]
    public async Task Timestamp_IsTheOneGivenOrNow(string argument, long expected)
    {
        var run = await CommandRun.OfAsync($"sign --provider smarterbot --secret a-secret {argument}", "{}");
        Assert.StartsWith($"X-Webhook-Signature: t={expected},v1=", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Url_IsSignedWhereTheProviderDoes()
    {
        var first = await CommandRun.OfAsync("sign --provider square --secret a-secret --url https://a.example/in", "{}");
        var second = await CommandRun.OfAsync("sign --provider square --secret a-secret --url https://b.example/in", "{}");
        Assert.Equal(ExitCode.Ok, first.Code);
        Assert.NotEqual(first.Output, second.Output);
    }

    [Fact]
    public async Task Id_IsSignedWhereTheProviderDoes()
    {
        var run = await CommandRun.OfAsync("sign --provider standard-webhooks --secret whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQ= --id msg_7", "{}");
        Assert.Contains("webhook-id: msg_7\n", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("--provider githb --secret s", "'github'")]
    [InlineData("--secret s", "--provider is required")]
    [InlineData("--provider github", "--secret is required")]
    [InlineData("--provider github --secret env:NOT_THERE", "'NOT_THERE' is not set")]
    [InlineData("--provider github --secret file:not-there", "'not-there'")]
    [InlineData("--provider github --secret s --parameter x", "NAME=VALUE")]
    [InlineData("--provider github --secret s --parameter x=y", "Unknown parameter 'x'")]
    [InlineData("--provider github --secret s --timestamp yesterday", "RFC 3339")]
    [InlineData("--provider github --secret s --timestamp 2023-11-14T22:13:20", "RFC 3339")]
    [InlineData("--provider github --secret s --url ftp://example.com", "ftp://example.com")]
    [InlineData("--provider square --secret s", "--url is required")]
    [InlineData("--provider figma --secret s", "into the body")]
    [InlineData("--provider discord --secret 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29", "private key")]
    [InlineData("--provider svix --secret no-base64!", "base64")]
    public async Task BadInput_IsOneLineAndAUsageError(string arguments, string said)
    {
        var run = await CommandRun.OfAsync($"sign {arguments}", "{}");
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyAndBinaryBodies_AreSigned()
    {
        var empty = await CommandRun.OfAsync(["sign", "--provider", "tawk", "--secret", "s"], []);
        var binary = await CommandRun.OfAsync(["sign", "--provider", "tawk", "--secret", "s"], [0, 255, 13, 10, 26]);
        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (empty.Code, binary.Code));
        Assert.NotEqual(empty.Output, binary.Output);
    }
}
