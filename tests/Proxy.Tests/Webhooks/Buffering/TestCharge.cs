using Proxy.Webhooks.Buffering;

namespace Proxy.Tests.Webhooks.Buffering;

/// <summary>A body whose owner counts how often its read was cancelled, and may do something at once.</summary>
internal sealed class TestCharge : BodyCharge
{
    private int _cancellations;

    public int Cancellations => Volatile.Read(ref _cancellations);

    public Action WhenCancelled { get; set; } = () => { };

    /// <summary>Whether a cancellation came that was meant for nobody, or for an earlier user of this object.</summary>
    public bool WasCancelledWithoutCause { get; private set; }

    protected override void CancelRead()
    {
        WasCancelledWithoutCause |= Standing is not (ChargeResult.Evicted or ChargeResult.TimedOut);
        _ = Interlocked.Increment(ref _cancellations);
        WhenCancelled();
    }
}
