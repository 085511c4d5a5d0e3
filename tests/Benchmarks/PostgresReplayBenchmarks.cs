using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Proxy.Replay;
using Proxy.Tests.Replay;
using WebhookVerification.Replay;

namespace Benchmarks;

/// <summary>Claims through PostgreSQL on the same machine, as many at a time as there are callers. The mean is the time per claim.</summary>
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 5, invocationCount: 1)]
[MemoryDiagnoser]
public class PostgresReplayBenchmarks
{
    private const int Claims = 20_000;

    private PostgresServer _server = null!;
    private PostgresConnections _connections = null!;
    private PostgresReplayStore _store = null!;

    [Params(8, 16, 32)]
    public int Callers { get; set; }

    [GlobalSetup]
    public async Task Start()
    {
        _server = await PostgresServer.CreateAsync();
        _connections = new PostgresConnections($"{_server.ConnectionString};Maximum Pool Size={Callers}", TimeSpan.FromSeconds(5));
        var table = new ClaimTable(_connections);
        await table.CreateAsync(CancellationToken.None);
        _store = new(table, new(), new(TimeProvider.System), TimeProvider.System, NullLogger<PostgresReplayStore>.Instance);
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        await _connections.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>The least that a question to the database costs.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Claims)]
    public Task AskNothing() => ForEachCaller(async () =>
    {
        await using var command = _connections.Quick.CreateCommand("SELECT 1");
        Check(await command.ExecuteScalarAsync() is 1);
    });

    [Benchmark(OperationsPerInvoke = Claims)]
    public Task Claim() => ForEachClaim(static async (store, claim) => await ClaimNew(store, claim));

    [Benchmark(OperationsPerInvoke = Claims)]
    public Task ClaimTwoKeys() => ForEachClaim(
        static async (store, claim) => await ClaimNew(store, claim with { Delivery = RandomKey(), DeliveryExpires = claim.ContentExpires }));

    [Benchmark(OperationsPerInvoke = Claims)]
    public Task ClaimAndCommit() => ForEachClaim(static async (store, claim) =>
    {
        await ClaimNew(store, claim);
        Check(await store.CommitAsync(claim, TimeProvider.System.GetUtcNow()));
    });

    private Task ForEachClaim(Func<PostgresReplayStore, ReplayClaim, Task> operation) => ForEachCaller(() =>
    {
        var now = TimeProvider.System.GetUtcNow();
        return operation(_store, new(Random.Shared.NextInt64(), RandomKey(), now.AddMinutes(6), null, default, default, now.AddMinutes(2)));
    });

    private Task ForEachCaller(Func<Task> operation) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Claims / Callers; i++)
            {
                await operation();
            }
        })));

    private static async Task ClaimNew(PostgresReplayStore store, ReplayClaim claim) =>
        Check((await store.ClaimAsync(claim, TimeProvider.System.GetUtcNow(), CancellationToken.None)).State == ReplayState.New);

    private static void Check(bool success)
    {
        if (!success)
        {
            throw new InvalidOperationException("The store did not do what is measured.");
        }
    }

    private static ReplayKey RandomKey() =>
        new((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64());
}
