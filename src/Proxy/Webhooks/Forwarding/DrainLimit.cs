namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Ends the upstream calls that a shutdown cannot wait for any longer. A claimed call does not end with its connection; without
/// this one, the process would end first and leave the claim to its lease.
/// </summary>
internal sealed class DrainLimit : IDisposable
{
    /// <summary>What is left, once calls are ended, to release their claims and to say so.</summary>
    public static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _stopping;
    private ITimer? _timer;

    /// <param name="drain">How long requests in flight may take once the shutdown has begun.</param>
    /// <param name="clock">Measures the time.</param>
    /// <param name="stopping">The beginning of the shutdown.</param>
    public DrainLimit(TimeSpan drain, TimeProvider clock, CancellationToken stopping) =>
        _stopping = stopping.Register(
            () => _timer = clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), _over, drain, Timeout.InfiniteTimeSpan));

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Over => _over.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        _timer?.Dispose();
        _over.Dispose();
    }
}
