using Proxy.Webhooks.Buffering;

namespace Proxy.Tests.Webhooks.Buffering;

/// <summary>A body whose owner only counts how often its read was cancelled.</summary>
internal sealed class TestCharge : BodyCharge
{
    private int _cancellations;

    public int Cancellations => Volatile.Read(ref _cancellations);

    /// <summary>Set by an owner for as long as a cancellation would hit something else.</summary>
    public bool IsOutOfBounds { get; set; }

    public bool WasCancelledOutOfBounds { get; private set; }

    protected override void CancelRead()
    {
        WasCancelledOutOfBounds |= IsOutOfBounds;
        _ = Interlocked.Increment(ref _cancellations);
    }
}
