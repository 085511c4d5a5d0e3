using Npgsql;
using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Replay;

namespace Proxy.Tests.Faults;

/// <summary>Clocks that are wrong, of proxies that share a store: none of them makes the store forget what another can still be sent.</summary>
[Collection(PostgresTests.Name)]
public sealed class StoreClockTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly byte[] Body = "{\"n\":1}"u8.ToArray();

    private NpgsqlDataSource _database = null!;

    public async Task InitializeAsync() => _database = NpgsqlDataSource.Create($"{await postgres.Server.CreateSchemaAsync()};Pooling=false");

    public async Task DisposeAsync() => await _database.DisposeAsync();

    /// <summary>The proxy's clock is far behind the database's, which therefore keeps nothing.</summary>
    [Fact]
    public async Task ClockSetForwardAndPutRight_AProcessedWebhookIsStillADuplicate()
    {
        await using var proxy = await StartAsync(new ManualTimeProvider());
        var webhook = Signed(proxy);
        await DeliverAsync(proxy, webhook);

        proxy.Clock.ShiftWallClock(TimeSpan.FromHours(1));
        await KeepUpAsync(proxy);
        proxy.Clock.ShiftWallClock(TimeSpan.FromHours(-1));
        await DeliverAsync(proxy, webhook);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Fact]
    public async Task OneProxyWhoseClockIsAhead_DoesNotMakeTheOthersForget()
    {
        var now = await NowAsync();
        await using var right = await StartAsync(new ManualTimeProvider(now));
        await using var ahead = await StartAsync(new ManualTimeProvider(now.AddHours(2)));
        var webhook = Signed(right);
        await DeliverAsync(right, webhook);

        await KeepUpAsync(ahead);
        await DeliverAsync(right, webhook);
        Assert.Single(right.Consumer.Requests);
    }

    [Fact]
    public async Task OneProxyWhoseClockIsAhead_TakesNothingForExpiredThatIsNot()
    {
        var now = await NowAsync();
        await using var right = await StartAsync(new ManualTimeProvider(now));
        await using var ahead = await StartAsync(new ManualTimeProvider(now.AddHours(2)));
        var webhook = RawRequest.Post("/webhooks/tawk", Body, ProviderSignature.Of("tawk", ProxyFixture.Secret, Body, now));
        await DeliverAsync(right, webhook);
        await DeliverAsync(ahead, webhook);
        Assert.Single(right.Consumer.Requests);
        Assert.Empty(ahead.Consumer.Requests);
    }

    private static byte[] Signed(ProxyFixture proxy) =>
        RawRequest.Post("/webhooks/smarterbot", Body, ProviderSignature.Smarterbot(ProxyFixture.Secret, Body, proxy.Clock.GetUtcNow()));

    private static Task DeliverAsync(ProxyFixture proxy, byte[] webhook) =>
        Deadline.Until(async () => (await proxy.SendAsync(webhook)).Status == 200, "the webhook to be accepted");

    private Task<ProxyFixture> StartAsync(ManualTimeProvider clock) => ProxyFixture.StartAsync(
        environment: new Dictionary<string, string>
        {
            ["Webhooks__Replay__Store"] = "PostgreSQL",
            ["Webhooks__Replay__ConnectionString"] = _database.ConnectionString,
            ["Webhooks__Policies__tawk__Replay__Mode"] = "Enforce",
        },
        clock: clock);

    /// <summary>Lets the proxy remove what has expired, which shows by what nobody can call anything else.</summary>
    private async Task KeepUpAsync(ProxyFixture proxy)
    {
        await RunAsync("INSERT INTO webhook_claims VALUES ('long ago', 1, '', true, '2001-01-01')");
        await Deadline.Until(
            async () =>
            {
                proxy.Clock.Advance(TimeSpan.FromSeconds(1));
                return (long)(await RunAsync("SELECT count(*) FROM webhook_claims WHERE key = 'long ago'"))! == 0;
            },
            "an expired row to be removed");
    }

    /// <summary>By the clock of the database.</summary>
    private async Task<DateTimeOffset> NowAsync() => new((DateTime)(await RunAsync("SELECT now()"))!, TimeSpan.Zero);

    private async Task<object?> RunAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
