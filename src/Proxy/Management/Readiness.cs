namespace Proxy.Management;

/// <summary>Whether the proxy wants traffic.</summary>
internal enum ReadinessState
{
    /// <summary>No configuration has been applied yet.</summary>
    NotReady = 0,

    Ready,

    /// <summary>Shutting down: requests in flight are finished, new ones should go elsewhere.</summary>
    Draining,
}

/// <summary>What <c>/readyz</c> answers. Never depends on upstream or replay store: no restart cures their outage.</summary>
internal sealed class Readiness
{
    private int _state;

    public ReadinessState State => (ReadinessState)Volatile.Read(in _state);

    /// <summary>Configuration is applied. Does nothing once draining has begun.</summary>
    public void MarkReady() =>
        Interlocked.CompareExchange(ref _state, (int)ReadinessState.Ready, (int)ReadinessState.NotReady);

    /// <summary>Shutdown has begun; there is no way back.</summary>
    public void StartDraining() => Volatile.Write(ref _state, (int)ReadinessState.Draining);
}
