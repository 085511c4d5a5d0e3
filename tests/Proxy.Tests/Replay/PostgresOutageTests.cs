using Npgsql;
using Proxy.Replay;
using WebhookVerification.Replay;

namespace Proxy.Tests.Replay;

/// <summary>The store while its database is away, slow, or refuses, and what is left to do afterwards.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOutageTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new(Now);
    private string _connectionString = null!;
    private int _keys;

    public async Task InitializeAsync() => _connectionString = await postgres.Server.CreateSchemaAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task ServerDown_IsUnavailableAndThenNotAsked()
    {
        await using var test = await StartAsync();
        await postgres.Server.StopAsync();
        try
        {
            for (var i = 0; i < CircuitBreaker.FailuresToOpen; i++)
            {
                Assert.Equal(ReplayState.Unavailable, await StateOf(test, Claim()));
            }

            Assert.Equal(CircuitState.Open, test.Circuit.State);
            Assert.Equal(ReplayState.Unavailable, await StateOf(test, Claim()));
            Assert.Equal(CircuitBreaker.FailuresToOpen, test.Unsettled.Count);
        }
        finally
        {
            await postgres.Server.StartAsync();
        }

        _clock.Advance(CircuitBreaker.Pause);
        Assert.Equal(ReplayState.New, await StateOf(test, Claim()));
        Assert.Equal(CircuitState.Closed, test.Circuit.State);
    }

    [Fact]
    public async Task CommitDuringAnOutage_IsMadeUpFor()
    {
        await using var test = await StartAsync();
        var committed = Claim();
        var released = Claim();
        Assert.Equal(ReplayState.New, await StateOf(test, committed));
        Assert.Equal(ReplayState.New, await StateOf(test, released));
        await postgres.Server.StopAsync();
        try
        {
            Assert.False(await test.Store.CommitAsync(committed, Now));
            Assert.False(await test.Store.ReleaseAsync(released));
        }
        finally
        {
            await postgres.Server.StartAsync();
        }

        await KeepUpUntil(test, () => test.Unsettled.Count == 0, "settled claims");
        Assert.Equal(ReplayState.Committed, await StateOf(test, Again(committed)));
        Assert.Equal(ReplayState.New, await StateOf(test, Again(released)));
    }

    [Fact]
    public async Task ClaimForgottenInACrash_IsWrittenByItsCommit()
    {
        await using var test = await StartAsync();
        var claim = Claim();
        Assert.Equal(ReplayState.New, await StateOf(test, claim));
        await ExecuteAsync("DELETE FROM webhook_claims");

        Assert.True(await test.Store.CommitAsync(claim, Now));

        Assert.Equal(ReplayState.Committed, await StateOf(test, Again(claim)));
    }

    [Fact]
    public async Task ServerThatHangs_IsGivenUpAndItsClaimUndone()
    {
        await using var test = await StartAsync(PostgresConnections.DefaultTimeout, TimeProvider.System);
        var claim = Claim();
        await using (var source = NpgsqlDataSource.Create(_connectionString))
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using (var lockTable = new NpgsqlCommand("LOCK TABLE webhook_claims IN ACCESS EXCLUSIVE MODE", connection, transaction))
            {
                _ = await lockTable.ExecuteNonQueryAsync();
            }

            // The lock is held meanwhile: whoever does not give up waits for ever.
            Assert.Equal(ReplayState.Unavailable, await Deadline.Within(StateOf(test, claim), "a claim to be given up"));
        }

        await KeepUpUntil(test, () => test.Unsettled.Count == 0, "a claim given up to be released");
        await Deadline.Until(async () => await StateOf(test, Again(claim)) == ReplayState.New, "the same webhook to be new");
    }

    [Fact]
    public async Task DatabaseThatIsReadOnly_IsUnavailable()
    {
        await using var test = await StartAsync();
        await using var readOnly = new StoreUnderTest($"{_connectionString};Options=-c default_transaction_read_only=on");

        Assert.Equal(ReplayState.Unavailable, await StateOf(readOnly, Claim()));
        Assert.False(await readOnly.Store.CommitAsync(Claim(), Now));
    }

    [Fact]
    public async Task AnotherServerWithoutTheTable_GetsIt()
    {
        await using var test = await StartAsync();
        await ExecuteAsync("DROP TABLE webhook_claims");
        for (var i = 0; i < CircuitBreaker.FailuresToOpen; i++)
        {
            Assert.Equal(ReplayState.Unavailable, await StateOf(test, Claim()));
        }

        await KeepUpUntil(test, () => test.Unsettled.Count == 0, "the table to be made anew");
        _clock.Advance(CircuitBreaker.Pause);
        Assert.Equal(ReplayState.New, await StateOf(test, Claim()));
    }

    [Fact]
    public async Task TableMadeBeforehandForARoleThatMayNotCreateIt_IsUsed()
    {
        await using (await StartAsync())
        {
            await ExecuteAsync("""
                CREATE ROLE limited LOGIN;
                GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_claims TO limited;
                DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO limited', current_schema()); END $$
                """);
        }

        await using var limited = new StoreUnderTest(_connectionString.Replace("Username=postgres", "Username=limited", StringComparison.Ordinal));
        await limited.Table.CreateAsync(CancellationToken.None);

        Assert.Equal(ReplayState.New, await StateOf(limited, Claim()));
    }

    [Fact]
    public async Task SeveralProxiesStartAtOnce_AllOfThemHaveTheTable()
    {
        var proxies = Enumerable.Range(0, 8).Select(_ => new StoreUnderTest(_connectionString)).ToArray();

        await Task.WhenAll(proxies.Select(proxy => Task.Run(() => proxy.Table.CreateAsync(CancellationToken.None))));

        foreach (var proxy in proxies)
        {
            Assert.Equal(ReplayState.New, await StateOf(proxy, Claim()));
            await proxy.DisposeAsync();
        }
    }

    [Fact]
    public async Task ThousandAtOnceOverTwoProxies_ExactlyOneIsNew()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        var claim = Claim();

        var states = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i =>
            Task.Run(() => StateOf(i % 2 == 0 ? one : two, Again(claim)))));

        _ = Assert.Single(states, state => state == ReplayState.New);
        Assert.Equal(999, states.Count(state => state == ReplayState.InFlight));
    }

    [Fact]
    public async Task Expired_IsRemovedInBatchesOnceNoClockNeedsIt()
    {
        await using var test = await StartAsync();
        await ExecuteAsync($"""
            INSERT INTO webhook_claims SELECT sha256(i::text::bytea), i, '\x00', true, '{Now:O}'::timestamptz
            FROM generate_series(1, {(2 * ReplayUpkeep.BatchSize) + 1}) AS i
            """);
        var kept = Claim();
        Assert.Equal(ReplayState.New, await StateOf(test, kept));
        Assert.Equal(0, await test.Table.RemoveExpiredAsync(Now - ReplayUpkeep.ClockTolerance, ReplayUpkeep.BatchSize, CancellationToken.None));

        _clock.Advance(ReplayUpkeep.ClockTolerance);
        await KeepUpUntil(test, async () => await CountAsync() == 1, "all but one row to be removed");

        Assert.Equal(ReplayState.InFlight, await StateOf(test, Again(kept)));
    }

    private async Task<StoreUnderTest> StartAsync(TimeSpan? timeout = null, TimeProvider? clock = null)
    {
        var test = new StoreUnderTest(_connectionString, clock ?? _clock, timeout);
        await test.Table.CreateAsync(CancellationToken.None);
        return test;
    }

    private static Task KeepUpUntil(StoreUnderTest test, Func<bool> condition, string what) =>
        KeepUpUntil(test, () => Task.FromResult(condition()), what);

    private static async Task KeepUpUntil(StoreUnderTest test, Func<Task<bool>> condition, string what)
    {
        await test.Upkeep.StartAsync(CancellationToken.None);
        await Deadline.Until(condition, what);
    }

    private ReplayClaim Claim() => new(
        Owner: ++_keys, new ReplayKey((ulong)_keys, 2, 3, 4), Now.AddMinutes(30), null, default, default, LeaseExpires: Now.AddMinutes(20));

    private static ReplayClaim Again(ReplayClaim claim) => claim with { Owner = Random.Shared.NextInt64() };

    private static async Task<ReplayState> StateOf(StoreUnderTest test, ReplayClaim claim) =>
        (await test.Store.ClaimAsync(claim, Now, CancellationToken.None)).State;

    private Task ExecuteAsync(string sql) => ScalarAsync(sql);

    private async Task<long> CountAsync() => (long)(await ScalarAsync("SELECT count(*) FROM webhook_claims"))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{_connectionString};Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
