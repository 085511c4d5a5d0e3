using System.Data.Common;
using System.Net.Sockets;
using Npgsql;
using WebhookVerification.Replay;

namespace Proxy.Replay;

/// <summary>
/// Keeps claims in PostgreSQL, for several proxies. Nobody waits for it longer than the timeout of <see cref="PostgresConnections"/>,
/// nor at all while it is known to be down; what could not be settled meanwhile, <see cref="ReplayUpkeep"/> settles later.
/// </summary>
internal sealed partial class PostgresReplayStore(
    ClaimTable table, UnsettledClaims unsettled, CircuitBreaker circuit, TimeProvider clock, ILogger<PostgresReplayStore> logger)
    : IReplayStore
{
    /// <inheritdoc/>
    public async ValueTask<ReplayAnswer> ClaimAsync(ReplayClaim claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!circuit.TryEnter())
        {
            return default;
        }

        using var timeout = new CancellationTokenSource(table.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var answer = await table.ClaimAsync(claim, now, either.Token);
            Answered();
            return answer;
        }
        catch (PostgresException e) when (LostRace(e.SqlState))
        {
            Answered();
            return new(ReplayState.InFlight);
        }
        catch (StatementGivenUpException e)
        {
            _ = ReleaseOnceMadeAsync(e, claim);
            Failed(e);
            return default;
        }
        catch (Exception e) when (IsOutage(e))
        {
            // It may have been made all the same, and the provider's retry should not wait for the lease to end.
            unsettled.Add(claim, succeeded: false);
            Failed(e);
            return default;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> CommitAsync(ReplayClaim claim, DateTimeOffset now) => SettleAsync(claim, succeeded: true);

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(ReplayClaim claim) => SettleAsync(claim, succeeded: false);

    /// <summary>Whether <paramref name="error"/> means that the database could not do its work.</summary>
    internal static bool IsOutage(Exception error) =>
        error is DbException or OperationCanceledException or TimeoutException or IOException or SocketException or ObjectDisposedException;

    /// <summary>Whether another claim for the same keys came in between. PostgreSQL says the first; databases that run transactions again, the others.</summary>
    private static bool LostRace(string state) =>
        state is PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Tries even while the circuit is open: the upstream has spoken, and this is what a retry will be told.</summary>
    private async ValueTask<bool> SettleAsync(ReplayClaim claim, bool succeeded)
    {
        using var timeout = new CancellationTokenSource(table.Timeout, clock);
        try
        {
            var settled = succeeded ? await table.CommitAsync(claim, timeout.Token) : await table.ReleaseAsync(claim, timeout.Token);
            Answered();
            return settled;
        }
        catch (Exception e) when (IsOutage(e))
        {
            unsettled.Add(claim, succeeded);
            Failed(e);
            return false;
        }
    }

    /// <summary>Not before the statement has ended: a release that overtakes its claim finds nothing, and the claim stays until its lease is over.</summary>
    private async Task ReleaseOnceMadeAsync(StatementGivenUpException givenUp, ReplayClaim claim)
    {
        await givenUp.EndAsync();
        unsettled.Add(claim, succeeded: false);
    }

    private void Answered()
    {
        if (circuit.Succeed())
        {
            Log.Available(logger);
        }
    }

    private void Failed(Exception error)
    {
        if (circuit.Fail())
        {
            Log.Unavailable(logger, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "The replay store is unavailable: {Problem}. It is tried again every second.")]
        public static partial void Unavailable(ILogger logger, string problem);

        [LoggerMessage(301, LogLevel.Information, "The replay store is available again.")]
        public static partial void Available(ILogger logger);
    }
}
