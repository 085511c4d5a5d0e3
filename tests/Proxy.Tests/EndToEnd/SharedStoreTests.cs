using Proxy.Tests.Replay;

namespace Proxy.Tests.EndToEnd;

/// <summary>Proxies that share PostgreSQL, and what they do without it.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedStoreTests(PostgresFixture postgres)
{
    private const string OnStoreUnavailable = "Webhooks__Policies__smarterbot__Replay__OnStoreUnavailable";

    private static readonly byte[] Body = "{\"Type\":\"Lead\"}"u8.ToArray();

    [Fact]
    public async Task SameWebhookAThousandTimesOverTwoProxies_ReachesTheConsumerOnce()
    {
        var settings = await SettingsAsync();
        await using var consumer = new RecordingConsumer();
        await using var one = await ProxyProcess.StartAsync(consumer.Address, settings);
        await using var two = await ProxyProcess.StartAsync(consumer.Address, settings);
        var webhook = ProxyProcess.Signed("smarterbot", Body);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => (i % 2 == 0 ? one : two).SendAsync(webhook)));

        // 503: on a busy machine, a store that takes longer than a webhook waits. So may it have been for every one of them, and then
        // the provider's next attempt passes.
        Assert.All(answers, static answer => Assert.Contains(answer.Status, new[] { 200, 409, 503 }));
        Assert.InRange(consumer.Requests.Count, 0, 1);
        await DeliverAsync(one, webhook);
        await DeliverAsync(two, webhook);
        Assert.Single(consumer.Requests);
    }

    [Fact]
    public async Task ProcessedByOne_IsKnownToTheOtherAndAfterARestart()
    {
        var settings = await SettingsAsync();
        await using var consumer = new RecordingConsumer();
        await using var one = await ProxyProcess.StartAsync(consumer.Address, settings);
        await using var two = await ProxyProcess.StartAsync(consumer.Address, settings);
        var webhook = ProxyProcess.Signed("smarterbot", Body);
        await DeliverAsync(one, webhook);

        await DeliverAsync(two, webhook);
        await one.KillAsync();
        await one.StartAsync();
        await DeliverAsync(one, webhook);

        Assert.Single(consumer.Requests);
    }

    [Fact]
    public async Task StoreDown_RefusesAndServesAgainAfterwards()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartAsync(consumer.Address, await SettingsAsync());
        var webhook = ProxyProcess.Signed("smarterbot", Body);
        await postgres.Server.StopAsync();
        try
        {
            var refused = await proxy.SendAsync(webhook);
            Assert.Equal(503, refused.Status);
            Assert.NotNull(refused.Header("Retry-After"));
            Assert.Empty(consumer.Requests);
            Assert.Equal(200, await proxy.ReadinessAsync());
        }
        finally
        {
            await postgres.Server.StartAsync();
        }

        await DeliverAsync(proxy, webhook);
        var scrape = await proxy.ScrapeAsync();
        Assert.InRange(scrape.Sum("webhook_replay_checks_total", ("route", "smarterbot"), ("result", "unavailable")), 1, 1000);
        Assert.InRange(scrape.Sum("webhook_requests_total", ("route", "smarterbot"), ("reason", "replay_store_unavailable")), 1, 1000);
    }

    [Fact]
    public async Task StoreDownAndAllowed_ServesOnItsOwnMemoryAndCountsIt()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartAsync(consumer.Address, [.. await SettingsAsync(), (OnStoreUnavailable, "Allow")]);
        var webhook = ProxyProcess.Signed("smarterbot", Body);
        await postgres.Server.StopAsync();
        try
        {
            Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);
            Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);
        }
        finally
        {
            await postgres.Server.StartAsync();
        }

        Assert.Single(consumer.Requests);
        Assert.Equal(2, (await proxy.ScrapeAsync()).Sum("webhook_replay_checks_total", ("route", "smarterbot"), ("result", "unavailable")));
    }

    [Fact]
    public async Task StartedWithoutItsStore_ServesOnceItIsThere()
    {
        var settings = await SettingsAsync();
        await postgres.Server.StopAsync();
        await using var consumer = new RecordingConsumer();
        ProxyProcess proxy;
        try
        {
            proxy = await ProxyProcess.StartAsync(consumer.Address, settings);
        }
        finally
        {
            await postgres.Server.StartAsync();
        }

        await using (proxy)
        {
            await DeliverAsync(proxy, ProxyProcess.Signed("smarterbot", Body));
        }

        Assert.Single(consumer.Requests);
    }

    /// <summary>As a provider does: again until it is accepted.</summary>
    private static Task DeliverAsync(ProxyProcess proxy, byte[] webhook) =>
        Deadline.Until(async () => (await proxy.SendAsync(webhook)).Status == 200, "the webhook to be accepted");

    private async Task<(string Name, string Value)[]> SettingsAsync() =>
    [
        ("Webhooks__Replay__Store", "PostgreSQL"),
        ("Webhooks__Replay__ConnectionString", await postgres.Server.CreateSchemaAsync()),
    ];
}
