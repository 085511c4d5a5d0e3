using Npgsql;
using Proxy.Configuration;

namespace Proxy.Commands.Check;

/// <summary>Tries whether the replay store's database can be reached and written to. Changes nothing in it.</summary>
internal static class StoreProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Null when it works or when there is no database, else why it does not.</summary>
    public static async Task<string?> ConnectAsync(ReplaySettings settings, CancellationToken cancellationToken)
    {
        if (settings is not { Store: ReplayStoreKind.PostgreSQL, ConnectionString: { } connection })
        {
            return null;
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            await using var source = NpgsqlDataSource.Create(connection.Value);
            await using var command = source.CreateCommand("SHOW transaction_read_only");
            return await command.ExecuteScalarAsync(limited.Token) is "on" ? "the database is read-only" : null;
        }
        catch (NpgsqlException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Limit.TotalSeconds} s";
        }
    }
}
