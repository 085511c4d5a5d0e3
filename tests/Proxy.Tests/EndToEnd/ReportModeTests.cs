using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>Report mode lets pass what fails a signature or time check, marked and counted, and nothing else.</summary>
public sealed class ReportModeTests
{
    private const string Route = "smarterbot";
    private const string Target = "/webhooks/smarterbot";

    private static readonly Dictionary<string, string> Report = new()
    {
        ["Webhooks__Policies__smarterbot__Mode"] = "Report",
        ["Webhooks__Policies__smarterbot__MaxBodyBytes"] = "100",
    };

    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task Forged_PassesMarkedFalseAndCountedWithItsReason()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Report);
        var forged = ProviderSignature.Smarterbot("not the secret", Body, proxy.Clock.GetUtcNow());
        var response = await proxy.SendAsync(RawRequest.Post(Target, Body, forged));

        // The consumer's own answer: a provider's reply body is for verified requests.
        Assert.Equal((200, "OK"), (response.Status, response.Text));
        Assert.Equal("false", Assert.Single(proxy.Consumer.Requests).Header("X-Webhook-Verified"));
        var metrics = await proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("webhook_requests_total", ("outcome", "reported"), ("reason", "signature_mismatch")));
        Assert.Equal(0, metrics.Sum("webhook_replay_checks_total"));
    }

    [Fact]
    public async Task WithoutSignature_PassesCountedByTheFirstFailure()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Report);
        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post(Target, Body))).Status);
        await proxy.AssertCountedAsync(Route, "signature_missing");
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task Expired_PassesEveryTime()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Report);
        var old = RawRequest.Post(
            Target, Body, ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow().AddHours(-1)));
        Assert.Equal(200, (await proxy.SendAsync(old)).Status);
        Assert.Equal(200, (await proxy.SendAsync(old)).Status);
        await proxy.AssertCountedAsync(Route, "timestamp_too_old", 2);
        Assert.Equal(2, proxy.Consumer.Requests.Count);
    }

    [Fact]
    public async Task Genuine_IsTreatedAsEver()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Report);
        var request = RawRequest.Post(Target, Body, ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow()));
        Assert.Equal("{\"status\":\"success\"}", (await proxy.SendAsync(request)).Text);
        Assert.Equal("{\"status\":\"success\"}", (await proxy.SendAsync(request)).Text);
        Assert.Equal("true", Assert.Single(proxy.Consumer.Requests).Header("X-Webhook-Verified"));
        await proxy.AssertCountedAsync(Route, "duplicate");
    }

    [Fact]
    public async Task BoundsStillHold()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: Report);
        await proxy.AssertRefusedAsync(Route, RawRequest.Post(Target, new byte[101]), 413, "body_too_large");
    }
}
