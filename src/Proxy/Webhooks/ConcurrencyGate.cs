namespace Proxy.Webhooks;

/// <summary>Counts a route's requests in flight. Kept across reloads, so that a reload admits nobody beyond the bound.</summary>
internal sealed class ConcurrencyGate
{
    private int _inFlight;

    public bool TryEnter(int? bound)
    {
        if (Interlocked.Increment(ref _inFlight) <= (bound ?? int.MaxValue))
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _inFlight);
}
