namespace Proxy.Tests.EndToEnd;

/// <summary>A route whose policy is None: what its upstream answers is counted like that of any other route.</summary>
public sealed class UnverifiedRouteTests
{
    [Theory]
    [InlineData(200, "2xx")]
    [InlineData(304, "3xx")]
    [InlineData(404, "4xx")]
    [InlineData(503, "5xx")]
    public async Task Answer_IsCountedByItsClass(int status, string code)
    {
        await using var proxy = await StartAsync();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(status);

        Assert.Equal(status, (await proxy.SendAsync(RawRequest.Post("/open", "{}"u8))).Status);

        await AssertCountedAsync(proxy, code);
    }

    [Fact]
    public async Task NoAnswer_IsCountedAsAnError()
    {
        await using var proxy = await StartAsync();
        proxy.Consumer.Respond = static _ => ConsumerReply.Silence(ConnectionEnd.Reset);

        Assert.Equal(502, (await proxy.SendAsync(RawRequest.Post("/open", "{}"u8))).Status);

        await AssertCountedAsync(proxy, "error");
    }

    [Fact]
    public async Task NoHealthyDestination_IsCountedAsAnError()
    {
        await using var proxy = await StartAsync(
            ("ReverseProxy__Clusters__consumer__HealthCheck__Active__Enabled", "true"),
            ("ReverseProxy__Clusters__consumer__HealthCheck__AvailableDestinationsPolicy", "HealthyAndUnknown"),
            ("ReverseProxy__Clusters__consumer__Metadata__ConsecutiveFailuresHealthPolicy.Threshold", "1"),
            ("ReverseProxy__Clusters__consumer__Destinations__app__Health", "http://127.0.0.1:1/"));

        var requests = 0;
        await Deadline.Until(
            async () =>
            {
                requests++;
                return (await proxy.SendAsync(RawRequest.Post("/open", "{}"u8))).Status == 503;
            },
            "the only destination to be taken out");

        var scrape = await proxy.ScrapeAsync();
        Assert.Equal(1, scrape.Sum("webhook_upstream_responses_total", ("route", "open"), ("code", "error")));
        Assert.Equal(requests, scrape.Sum("webhook_upstream_responses_total", ("route", "open")));
    }

    private static Task<ProxyFixture> StartAsync(params (string Name, string Value)[] settings) => ProxyFixture.StartAsync(
        environment: new Dictionary<string, string>(settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["ReverseProxy__Routes__open__ClusterId"] = "consumer",
            ["ReverseProxy__Routes__open__Match__Path"] = "/open",
            ["ReverseProxy__Routes__open__Metadata__WebhookPolicy"] = "None",
        });

    private static async Task AssertCountedAsync(ProxyFixture proxy, string code)
    {
        var scrape = await proxy.ScrapeAsync();
        Assert.Equal(1, scrape.Sum("webhook_upstream_responses_total", ("route", "open"), ("code", code)));
        Assert.Equal(1, scrape.Sum("webhook_upstream_responses_total"));
    }
}
