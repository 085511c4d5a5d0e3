namespace Proxy.Webhooks.Buffering;

/// <summary>One route's part of the ledger. Lives as long as the budget, so that a reload forgets no byte.</summary>
internal sealed class RouteBudget
{
    private BoundedSum _held;

    /// <summary>Bytes that the route's bodies hold now.</summary>
    public long Buffered => _held.Value;

    /// <summary>Guarded by the budget's lock.</summary>
    internal UnfinishedBodies Unfinished { get; } = new();

    internal bool TryHold(long bytes, long ceiling) => _held.TryAdd(bytes, ceiling);

    internal void GiveBack(long bytes) => _held.Subtract(bytes);
}
