namespace Proxy.Tests.EndToEnd;

/// <summary>Hundreds of slow connections at once: honest small webhooks pass, and the budget holds.</summary>
public sealed class SlowBodyTests
{
    private const int Connections = 300;
    private const int Limit = 4 * 1024 * 1024;

    private static readonly Dictionary<string, string> SmallBudget = new()
    {
        ["Webhooks__Limits__MaxBufferedBytes"] = $"{Limit}",
        ["Webhooks__Limits__MaxBufferedShare"] = "1",
        ["Webhooks__Policies__tawk__MaxBodyBytes"] = "1000000",
    };

    [Theory]
    [InlineData(1_000_000, 60_000)] // large ones, which fill seven eighths of the budget
    [InlineData(60_000, 50_000)] // small ones, which reach for the last eighth too
    public async Task SlowBodies_NeitherHoldUpNorRefuseHonestWebhooks(int declared, int sent)
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: SmallBudget);
        var slow = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => OpenAsync(proxy, declared, sent)));
        await Deadline.Until(
            async () => (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") > Limit / 2, "the slow bodies to fill the budget");

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(200, (await proxy.SendSignedAsync(i % 2 == 0 ? "protocol" : "tawk", System.Text.Encoding.UTF8.GetBytes($"{{\"n\":{i}}}"))).Status);
            if (i % 10 == 0)
            {
                Assert.InRange((await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes"), 0, Limit);
            }
        }

        Assert.Equal(100, proxy.Consumer.Requests.Count);
        foreach (var client in slow)
        {
            client.Abort();
        }

        await Deadline.Until(
            async () => (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") == 0, "everything to be given back");
    }

    private static async Task<RawHttpClient> OpenAsync(ProxyFixture proxy, int declared, int sent)
    {
        var client = await proxy.ConnectAsync();
        // Well formed, or it would be refused before its body: only the whole body can tell that it is forged.
        await client.SendAsync(RawRequest.Head(
            "POST", "/webhooks/tawk", ("X-Tawk-Signature", new string('0', 40)), ("Content-Length", $"{declared}")));
        await client.SendAsync(new byte[sent]);
        return client;
    }
}
