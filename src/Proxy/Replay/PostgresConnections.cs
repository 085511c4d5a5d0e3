using Npgsql;

namespace Proxy.Replay;

/// <summary>The pools of connections to the database, from the operator's connection string and what the store depends on.</summary>
internal sealed class PostgresConnections : IAsyncDisposable, IDisposable
{
    /// <summary>How long a caller waits for the database, unless told otherwise: a webhook waits with it.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>PostgreSQL serves 100 connections unless told otherwise, and several proxies share them.</summary>
    private const int DefaultPoolSize = 16;

    /// <param name="connectionString">The operator's.</param>
    /// <param name="timeout">How long a caller waits for an answer, connecting included.</param>
    /// <exception cref="ArgumentException">The connection string is malformed, or says what does not go together.</exception>
    public PostgresConnections(string connectionString, TimeSpan timeout)
    {
        Timeout = timeout;
        var written = new NpgsqlConnectionStringBuilder(connectionString);
        var pooled = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = written.ApplicationName ?? "webhook-proxy",
            MaxPoolSize = written.ShouldSerialize("Maximum Pool Size") ? written.MaxPoolSize : Math.Max(DefaultPoolSize, written.MinPoolSize),
            // Statements stay prepared for the life of a connection, and nothing of a session needs to be reset.
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 1,
            NoResetOnClose = true,
            // A connection that does not answer is given up at once ...
            CancellationTimeout = -1,
            // ... and the server ends on its own what it has begun, so that a claim given up is seldom made later.
            Options = $"{written.Options} -c statement_timeout={timeout.TotalMilliseconds:0}".TrimStart(),
        };
        Durable = NpgsqlDataSource.Create(pooled);
        pooled.Options += " -c synchronous_commit=off";
        Quick = NpgsqlDataSource.Create(pooled);
        Setup = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
    }

    public TimeSpan Timeout { get; }

    /// <summary>
    /// For claims and releases, which do not wait for the disk: a crash of the database loses the last of them, and then the
    /// commit writes the claim anew. Costs a fraction of a durable write.
    /// </summary>
    public NpgsqlDataSource Quick { get; }

    /// <summary>For commits: on the disk before the provider is told that its webhook is delivered.</summary>
    public NpgsqlDataSource Durable { get; }

    /// <summary>For work without a time limit, which is rare.</summary>
    public NpgsqlDataSource Setup { get; }

    public void Dispose()
    {
        Quick.Dispose();
        Durable.Dispose();
        Setup.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Quick.DisposeAsync();
        await Durable.DisposeAsync();
        await Setup.DisposeAsync();
    }
}
