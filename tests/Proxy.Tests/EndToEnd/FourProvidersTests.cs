using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

public sealed class FourProvidersTests
{
    public static TheoryData<string> Samples => [.. SampleWebhook.All.Select(static sample => sample.ToString())];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task SampleOfTheDocuments_ReachesTheConsumerByteByByte(string name)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var (provider, _, body) = SampleWebhook.All.Single(sample => sample.ToString() == name);
        var signature = ProviderSignature.Of(provider, ProxyFixture.Secret, body.Span, proxy.Clock.GetUtcNow());

        var response = await proxy.SendSignedAsync(provider, body);

        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Equal(body.ToArray(), received.Body);
        Assert.Equal($"/webhooks/{provider}", received.Target);
        Assert.Equal(signature.Value, received.Header(signature.Name));
        Assert.Equal("true", received.Header("X-Webhook-Verified"));
        Assert.Equal(200, response.Status);
        Assert.Equal(provider == "smarterbot" ? "{\"status\":\"success\"}" : "OK", response.Text);
        var metrics = await proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("webhook_requests_total", ("route", provider), ("outcome", "verified")));
    }

    [Theory]
    [InlineData("tawk")]
    [InlineData("smarterbot")]
    [InlineData("chatbase")]
    [InlineData("protocol")]
    public async Task BytesThatAreNoText_ReachTheConsumerUnchanged(string provider)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        byte[] body = [.. Enumerable.Range(0, 256).Select(static value => (byte)value)];

        var response = await proxy.SendSignedAsync(provider, body);

        Assert.Equal(200, response.Status);
        Assert.Equal(body, Assert.Single(proxy.Consumer.Requests).Body);
    }
}
