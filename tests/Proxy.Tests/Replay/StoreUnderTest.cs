using Microsoft.Extensions.Logging.Abstractions;
using Proxy.Replay;

namespace Proxy.Tests.Replay;

/// <summary>A PostgreSQL store as one proxy has it, in a table of its own unless it shares another's.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    /// <summary>Long enough for a loaded machine; what is about the timeout brings its own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PostgresConnections _connections;

    /// <param name="connectionString">Where the table is, or is to be.</param>
    /// <param name="clock">Of the circuit breaker and the upkeep.</param>
    /// <param name="timeout">How long an operation may take.</param>
    public StoreUnderTest(string connectionString, TimeProvider? clock = null, TimeSpan? timeout = null)
    {
        clock ??= TimeProvider.System;
        _connections = new PostgresConnections(connectionString, timeout ?? Patience);
        Table = new ClaimTable(_connections);
        Circuit = new CircuitBreaker(clock);
        Store = new PostgresReplayStore(Table, Unsettled, Circuit, clock, NullLogger<PostgresReplayStore>.Instance);
        Upkeep = new ReplayUpkeep(Table, Unsettled, Circuit, clock, new CautiousClock(clock), NullLogger<ReplayUpkeep>.Instance);
    }

    public ClaimTable Table { get; }

    public UnsettledClaims Unsettled { get; } = new();

    public CircuitBreaker Circuit { get; }

    public PostgresReplayStore Store { get; }

    public ReplayUpkeep Upkeep { get; }

    public async ValueTask DisposeAsync()
    {
        await Upkeep.StopAsync(CancellationToken.None);
        Upkeep.Dispose();
        await _connections.DisposeAsync();
    }
}
