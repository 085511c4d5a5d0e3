namespace Proxy.Webhooks.Buffering;

/// <summary>The bounds in force, derived once from the two that are configured.</summary>
internal sealed class BufferLimits
{
    /// <summary>The largest body, in bytes, that the last eighth of the limit serves.</summary>
    public const long SmallBody = 64 * 1024;

    private readonly long _largeBodies;

    /// <param name="total">Bytes of all bodies together.</param>
    /// <param name="share">What one route may hold of them, above 0 and at most 1.</param>
    public BufferLimits(long total, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        Total = total;
        PerRoute = (long)(total * share);
        _largeBodies = total - (total / 8);
    }

    public long Total { get; }

    public long PerRoute { get; }

    /// <summary>How far all bodies together may grow by a body of this size.</summary>
    public long TotalFor(long bodySize) => bodySize <= SmallBody ? Total : _largeBodies;
}
