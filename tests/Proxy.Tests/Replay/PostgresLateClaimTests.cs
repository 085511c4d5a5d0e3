using System.Globalization;
using Npgsql;
using Proxy.Replay;
using WebhookVerification.Replay;

namespace Proxy.Tests.Replay;

/// <summary>A claim that the database makes when nobody waits for it any more.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresLateClaimTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task ClaimThatIsMadeAfterItWasGivenUp_IsUndone()
    {
        var connectionString = await postgres.Server.CreateSchemaAsync();
        await using var test = new StoreUnderTest(connectionString, timeout: PostgresConnections.DefaultTimeout);
        await test.Table.CreateAsync(CancellationToken.None);
        await Deadline.Until(async () => await StateOf(test, 1, owner: 1) == ReplayState.New, "a connection");
        var connections = await ConnectionsAsync(connectionString);
        PostgresServer.Signal("STOP", connections);
        try
        {
            Assert.Equal(ReplayState.Unavailable, await StateOf(test, 2, owner: 1));
            // On another connection: too early, if it is done now.
            await test.Upkeep.StartAsync(CancellationToken.None);
            await Deadline.Until(() => test.Unsettled.Count == 0, "nothing left to settle");
        }
        finally
        {
            PostgresServer.Signal("CONT", connections);
        }

        await Deadline.Until(async () => await StateOf(test, 2, owner: 2) == ReplayState.New, "the same webhook to be new");
    }

    private static async Task<ReplayState> StateOf(StoreUnderTest test, ulong key, long owner) => (await test.Store.ClaimAsync(
        new ReplayClaim(owner, new ReplayKey(key, 2, 3, 4), Now.AddMinutes(30), null, default, default, LeaseExpires: Now.AddMinutes(20)), Now, CancellationToken.None)).State;

    /// <summary>The processes that serve the proxy.</summary>
    private static async Task<string[]> ConnectionsAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create($"{connectionString};Pooling=false");
        await using var command = source.CreateCommand("SELECT array_agg(pid) FROM pg_stat_activity WHERE application_name = 'webhook-proxy'");
        return [.. ((int[])(await command.ExecuteScalarAsync())!).Select(static process => process.ToString(CultureInfo.InvariantCulture))];
    }
}
