using Proxy.Tests.EndToEnd;
using Proxy.Tests.Replay;

namespace Proxy.Tests.Fleet;

/// <summary>Not beside other tests: what counts is that nothing fails, not what a starved machine does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FleetTests : ICollectionFixture<PostgresFixture>
{
    public const string Name = "Fleet";
}

/// <summary>Three proxies as processes, behind a real HAProxy, in front of a real PostgreSQL.</summary>
[Collection(FleetTests.Name)]
public sealed class RollingRestartTests(PostgresFixture postgres)
{
    private const int Proxies = 3;

    [Fact]
    public async Task RollingRestartUnderLoad_FailsNoWebhookAndDeliversNoneTwice()
    {
        await using var consumer = new RecordingConsumer();
        var settings = await SettingsAsync();
        var proxies = await Task.WhenAll(Enumerable.Range(0, Proxies).Select(_ => ProxyProcess.StartAsync(consumer.Address, settings)));
        await using var haproxy = await HaproxyServer.StartAsync([.. proxies.Select(static proxy => (proxy.Address, proxy.ManagementAddress))]);
        using var load = new WebhookLoad(haproxy.Address, TimeProvider.System);
        var sending = load.RunAsync();
        await Deadline.Until(() => load.Sent > 100, "webhooks to flow");

        foreach (var proxy in proxies)
        {
            proxy.Terminate();
            Assert.Equal(0, await proxy.WaitForExitAsync());
            await proxy.StartAsync();
            await haproxy.WaitForAsync(Proxies);
            await ServesAsync(proxy);
        }

        load.Stop();
        await Deadline.Within(sending, "the senders to end");
        await Task.WhenAll(proxies.Select(static proxy => proxy.DisposeAsync().AsTask()));
        Assert.Empty(load.Failures);
        Assert.Equal(Enumerable.Range(1, load.Sent), consumer.Requests.Select(WebhookLoad.NumberOf).Order());
    }

    /// <summary>The restarted proxy gets its share of the load, and knew nothing of it before.</summary>
    private static Task ServesAsync(ProxyProcess proxy) => Deadline.Until(
        async () =>
        {
            var scrape = await proxy.ScrapeAsync();
            return scrape.Sum("webhook_requests_total", ("outcome", "verified")) >= 20 && scrape.Sum("webhook_requests_total", ("outcome", "duplicate")) >= 1;
        },
        "the restarted proxy to serve");

    private async Task<(string Name, string Value)[]> SettingsAsync() =>
    [
        ("Webhooks__Replay__Store", "PostgreSQL"),
        ("Webhooks__Replay__ConnectionString", await postgres.Server.CreateSchemaAsync()),
        ("Management__AllowRemote", "true"),
        ("Webhooks__Drain", "00:00:10"),
        ("Webhooks__DrainDelay", "00:00:01.5"),
    ];
}
