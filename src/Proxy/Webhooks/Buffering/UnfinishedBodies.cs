namespace Proxy.Webhooks.Buffering;

/// <summary>
/// The waiting bodies that hold bytes, the slowest first: the one that has held them unfinished for the longest. Sending in
/// bursts moves no body back, and an honest small one is done long before it could come to the front. A body without bytes
/// is not here, as nothing could be gained from it. Guarded by the budget's lock.
/// </summary>
internal sealed class UnfinishedBodies
{
    private readonly ChargeLink _head = new();
    private long _bytes;

    public BodyCharge? Slowest => _head.Next.Charge;

    /// <summary>Notes bytes that a body holds from now on; with the first of them it takes its place.</summary>
    public void Add(ChargeLink body, long bytes)
    {
        if (!body.IsLinked)
        {
            body.InsertBefore(_head);
        }

        _bytes += bytes;
    }

    /// <summary>Forgets a body with all of its bytes.</summary>
    public void Remove(ChargeLink body, long bytes)
    {
        if (body.IsLinked)
        {
            body.Remove();
            _bytes -= bytes;
        }
    }

    /// <summary>Whether the bodies slower than the requester hold that many bytes.</summary>
    public bool CanFree(long bytes, BodyCharge requester)
    {
        if (bytes > _bytes)
        {
            return false;
        }

        var body = _head.Next;
        while (bytes > 0 && body.Charge is { } slower && slower != requester)
        {
            bytes -= slower.Bytes;
            body = body.Next;
        }

        return bytes <= 0;
    }
}
