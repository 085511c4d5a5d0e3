using Npgsql;
using Proxy.Replay;
using WebhookVerification.Replay;

namespace Proxy.Tests.Replay;

/// <summary>A claim that the database makes when nobody waits for it any more.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresLateClaimTests(PostgresFixture postgres)
{
    /// <summary>Of the same clock as the upkeep, which would otherwise take the claim for expired and remove it.</summary>
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task ClaimThatIsMadeAfterItWasGivenUp_IsUndone()
    {
        var connectionString = await postgres.Server.CreateSchemaAsync();
        await using var test = new StoreUnderTest(connectionString, timeout: PostgresConnections.DefaultTimeout);
        await test.Table.CreateAsync(CancellationToken.None);
        await Deadline.Until(async () => await StateOf(test, 1, owner: 1) == ReplayState.New, "a connection");
        var connections = (string[])(await AskAsync(connectionString, "SELECT array_agg(pid::text) FROM pg_stat_activity WHERE application_name = 'webhook-proxy'"))!;
        var stopped = await AskAsync(connectionString, "SELECT clock_timestamp()::text");
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

        var made = $"SELECT count(*) FROM pg_stat_activity WHERE pid IN ({string.Join(',', connections)}) AND state = 'idle' AND query_start > '{stopped}'";
        await Deadline.Until(async () => (long)(await AskAsync(connectionString, made))! > 0, "the claim to be made after all");
        await Deadline.Until(async () => await StateOf(test, 2, owner: 2) == ReplayState.New, "the same webhook to be new");
    }

    private static async Task<ReplayState> StateOf(StoreUnderTest test, ulong key, long owner) => (await test.Store.ClaimAsync(
        new ReplayClaim(owner, new ReplayKey(key, 2, 3, 4), Now.AddMinutes(30), null, default, default, LeaseExpires: Now.AddMinutes(20)), Now, CancellationToken.None)).State;

    private static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connectionString};Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
