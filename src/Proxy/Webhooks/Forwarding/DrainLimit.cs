namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// Ends the upstream calls that a shutdown cannot wait for any longer. A claimed call does not end with its connection; without
/// this one, the process would end first and leave the claim to its lease.
/// </summary>
/// <param name="clock">Measures the time.</param>
internal sealed class DrainLimit(TimeProvider clock) : IDisposable
{
    /// <summary>What is left, once calls are ended, to release their claims and to say so.</summary>
    public static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _over = new();
    private ITimer? _timer;

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Requests in flight have this long from now.</summary>
    public void Begin(TimeSpan drain) =>
        _timer ??= clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), _over, drain, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer?.Dispose();
        _over.Dispose();
    }
}
