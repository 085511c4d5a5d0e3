using System.Text;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Replay;

namespace Proxy.Tests.Faults;

/// <summary>The shared store stands still, or may no longer be written, under a running proxy.</summary>
[Collection(PostgresTests.Name)]
public sealed class StoreFaultTests(PostgresFixture postgres)
{
    private int _number;

    [Fact]
    public async Task StoreThatStandsStill_RefusesAndServesAgainAfterwards()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await StartAsync(consumer);
        await DeliverAsync(proxy, Webhook());
        var webhook = Webhook();
        postgres.Server.Signal("STOP");
        try
        {
            await AssertRefusedAsync(proxy, webhook);
        }
        finally
        {
            postgres.Server.Signal("CONT");
        }

        await DeliverAsync(proxy, webhook);
        Assert.Equal(2, consumer.Requests.Count);
    }

    [Fact]
    public async Task StoreThatBecomesReadOnly_RefusesAndServesAgainAfterwards()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await StartAsync(consumer);
        await DeliverAsync(proxy, Webhook());
        var webhook = Webhook();
        await ReconnectAsync("ALTER ROLE postgres SET default_transaction_read_only = on");
        try
        {
            await AssertRefusedAsync(proxy, webhook);
        }
        finally
        {
            await ReconnectAsync("BEGIN READ WRITE; ALTER ROLE postgres RESET default_transaction_read_only; COMMIT");
        }

        await DeliverAsync(proxy, webhook);
        Assert.Equal(2, consumer.Requests.Count);
    }

    private static async Task AssertRefusedAsync(ProxyProcess proxy, byte[] webhook)
    {
        var refused = await proxy.SendAsync(webhook);
        Assert.Equal(503, refused.Status);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(200, await proxy.ReadinessAsync());
        var scrape = await proxy.ScrapeAsync();
        Assert.InRange(scrape.Sum("webhook_replay_checks_total", ("route", "smarterbot"), ("result", "unavailable")), 1, 1000);
        Assert.InRange(scrape.Sum("webhook_requests_total", ("route", "smarterbot"), ("reason", "replay_store_unavailable")), 1, 1000);
    }

    private static Task DeliverAsync(ProxyProcess proxy, byte[] webhook) =>
        Deadline.Until(async () => (await proxy.SendAsync(webhook)).Status == 200, "the webhook to be accepted");

    private async Task<ProxyProcess> StartAsync(RecordingConsumer consumer) => await ProxyProcess.StartAsync(
        consumer.Address,
        ("Webhooks__Replay__Store", "PostgreSQL"),
        ("Webhooks__Replay__ConnectionString", await postgres.Server.CreateSchemaAsync()));

    /// <summary>The setting counts for new connections, so that the old ones have to go: as when another server takes over.</summary>
    private Task ReconnectAsync(string sql) =>
        postgres.Server.ExecuteAsync(sql + "; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");

    private byte[] Webhook() => ProxyProcess.Signed("smarterbot", Encoding.ASCII.GetBytes($"{{\"Type\":\"Lead\",\"n\":{++_number}}}"));
}
