using System.Security.Cryptography;
using WebhookVerification.Replay;

namespace Proxy.Replay;

/// <summary>
/// What the PostgreSQL store does off the request path: creates its table, settles what an outage left unsettled, removes
/// expired rows. Stops after the server, so that the last requests' claims are settled too.
/// </summary>
internal sealed partial class ReplayUpkeep(
    ClaimTable table, UnsettledClaims unsettled, CircuitBreaker circuit, TimeProvider clock, CautiousClock forgetting, ILogger<ReplayUpkeep> logger)
    : BackgroundService
{
    /// <summary>Rows removed by one statement: few enough that it ends within the statement timeout.</summary>
    public const int BatchSize = 500;

    /// <summary>How long rows outlive their expiry: a proxy whose clock is behind may still believe what another's clock refuses.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a request waits, so that a slow new connection gets into the pool at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private bool _created;
    private bool _warm;
    private bool _isFailing;

    /// <summary>The table is there before the first request; or the database is down, and the proxy serves without it as configured.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (unsettled.Count > 0)
        {
            await RunAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // What answers again after an outage may be another server, which never saw the table.
            if (!_created || circuit.State != CircuitState.Closed)
            {
                _created = false;
                await table.CreateAsync(either.Token);
                _created = true;
            }

            if (!_warm)
            {
                await WarmUpAsync(either.Token);
                _warm = true;
            }

            await unsettled.SettleAsync(table, either.Token);
            await RemoveExpiredAsync(either.Token);
            _isFailing = false;
        }
        catch (Exception e) when (PostgresReplayStore.IsOutage(e) && !cancellationToken.IsCancellationRequested)
        {
            // Once for each outage, not once a second.
            if (!_isFailing)
            {
                Log.Failed(logger, e.Message);
            }

            _isFailing = true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Not foreseen; but a background service that throws would end the process, and with it the proxy.
            Log.Broken(logger, e);
        }
    }

    /// <summary>
    /// A process's first claim connects and compiles, which takes longer than a webhook waits. It is made here, of a key that
    /// nobody else has and that is removed as expired.
    /// </summary>
    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        var key = ReplayKey.FromDigest(RandomNumberGenerator.GetBytes(ReplayKey.Size));
        var longAgo = DateTimeOffset.UnixEpoch;
        var claim = new ReplayClaim(Owner: 0, key, longAgo, Delivery: null, longAgo, default, longAgo);
        _ = await table.ClaimAsync(claim, longAgo, cancellationToken);
        _ = await table.CommitAsync(claim, cancellationToken);
    }

    private async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var before = forgetting.GetUtcNow() - ClockTolerance;
        while (await table.RemoveExpiredAsync(before, BatchSize, cancellationToken) == BatchSize)
        {
            // A short batch means that no expired row is left, or that another proxy is at them.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(302, LogLevel.Warning, "The replay store could not be kept up: {Problem}")]
        public static partial void Failed(ILogger logger, string problem);

        [LoggerMessage(303, LogLevel.Error, "The upkeep of the replay store failed unexpectedly; it goes on.")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
