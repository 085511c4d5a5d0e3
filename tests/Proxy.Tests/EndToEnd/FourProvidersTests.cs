namespace Proxy.Tests.EndToEnd;

public sealed class FourProvidersTests
{
    [Theory]
    [InlineData("tawk")]
    [InlineData("smarterbot")]
    [InlineData("chatbase")]
    [InlineData("protocol")]
    public async Task GenuineWebhook_ReachesTheConsumerByteByByte(string provider)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        byte[] body = [.. "{\"a\":\"\\u00e9 \u00e9\"}\r\n"u8, 0x00, 0xff];

        var response = await proxy.SendSignedAsync(provider, body);

        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Equal(200, response.Status);
        Assert.Equal(body, received.Body);
        Assert.Equal($"/webhooks/{provider}", received.Target);
        Assert.Equal("true", received.Header("X-Webhook-Verified"));
        var metrics = await proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("webhook_requests_total", ("route", provider), ("outcome", "verified")));
    }
}
