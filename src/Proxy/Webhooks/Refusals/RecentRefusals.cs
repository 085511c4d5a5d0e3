using System.Net;

namespace Proxy.Webhooks.Refusals;

/// <summary>The last refusals, for people who look: who, when and why, but nothing of what was sent.</summary>
internal sealed class RecentRefusals(TimeProvider clock)
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 50;

    private readonly Lock _gate = new();
    private readonly RecentRefusal?[] _ring = new RecentRefusal?[Capacity];
    private int _next;

    public void Add(string route, Reason reason, int status, IPAddress? source, string traceId)
    {
        var refusal = new RecentRefusal(clock.GetUtcNow(), route, reason, status, source, traceId);
        lock (_gate)
        {
            _ring[_next] = refusal;
            _next = (_next + 1) % Capacity;
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RecentRefusal> Read()
    {
        lock (_gate)
        {
            return [.. _ring.Skip(_next).Concat(_ring.Take(_next)).OfType<RecentRefusal>().Reverse()];
        }
    }
}

/// <summary>A request that was not simply forwarded.</summary>
/// <param name="Time">When it was answered.</param>
/// <param name="Route">The route's id.</param>
/// <param name="Reason">Why.</param>
/// <param name="Status">What it was answered with.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="TraceId">As in the answer and the log.</param>
internal sealed record RecentRefusal(DateTimeOffset Time, string Route, Reason Reason, int Status, IPAddress? Source, string TraceId);
