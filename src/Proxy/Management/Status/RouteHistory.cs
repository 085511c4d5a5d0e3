using Proxy.Telemetry;

namespace Proxy.Management.Status;

/// <summary>
/// What a route counted, minute by minute: differences of counters that exist anyway, so that requests pay nothing. A minute
/// keeps only what happened in it.
/// </summary>
internal sealed class RouteHistory(RouteCounters counters)
{
    /// <summary>The minutes that are kept, the one that runs included.</summary>
    public const int Minutes = 30;

    private readonly long[] _seen = new long[RequestSeriesKey.Count];
    private readonly Minute[] _ended = [.. Enumerable.Repeat(Minute.Empty, Minutes - 1)];
    private long _seenFailures;
    private int _oldest;

    /// <summary>Oldest first; the last one is not over.</summary>
    public IReadOnlyList<Minute> Read() => [.. _ended.Skip(_oldest), .. _ended.Take(_oldest), Running()];

    /// <summary>Ends the minute that runs.</summary>
    public void EndMinute()
    {
        var minute = Running();
        foreach (var (key, count) in minute.Requests)
        {
            _seen[key.Index] += count;
        }

        _seenFailures += minute.UpstreamFailures;
        counters.SignedTimes.Clear();
        _ended[_oldest] = minute;
        _oldest = (_oldest + 1) % _ended.Length;
    }

    private Minute Running()
    {
        var requests = new List<(RequestSeriesKey, long)>();
        for (var i = 0; i < _seen.Length; i++)
        {
            var key = RequestSeriesKey.At(i);
            if (counters.Requests(key) - _seen[i] is > 0 and var count)
            {
                requests.Add((key, count));
            }
        }

        return new Minute(
            [.. requests], counters.UpstreamFailures - _seenFailures, counters.SignedTimes.Age, counters.SignedTimes.Ahead);
    }
}
