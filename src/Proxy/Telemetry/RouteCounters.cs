namespace Proxy.Telemetry;

/// <summary>
/// The counts of one route. A changed policy gets new <see cref="RouteMetrics"/> but keeps these, so that a reload sets
/// nothing back and requests that still run under the old policy are counted too.
/// </summary>
internal sealed class RouteCounters
{
    private readonly long[] _requests = new long[RequestSeriesKey.Count];
    private readonly long[] _replayChecks = new long[Enum.GetValues<ReplayCheck>().Length];
    private readonly long[] _upstreamResponses = new long[MetricLabels.UpstreamCodes.Count];
    private long _upstreamRetries;

    public long UpstreamRetries => Volatile.Read(in _upstreamRetries);

    /// <summary>How far signed times were from our clock, for those who watch by the minute.</summary>
    public SignedTimeExtremes SignedTimes { get; } = new();

    /// <summary>Answers 5xx, and calls without an answer.</summary>
    public long UpstreamFailures => UpstreamResponses(MetricLabels.UpstreamCodeIndex(500)) + UpstreamResponses(MetricLabels.UpstreamError);

    public long Requests(RequestSeriesKey key) => Volatile.Read(in _requests[key.Index]);

    public long ReplayChecks(ReplayCheck result) => Volatile.Read(in _replayChecks[(int)result]);

    public long UpstreamResponses(int code) => Volatile.Read(in _upstreamResponses[code]);

    public void AddRequest(RequestSeriesKey key) => Interlocked.Increment(ref _requests[key.Index]);

    public void AddReplayCheck(ReplayCheck result) => Interlocked.Increment(ref _replayChecks[(int)result]);

    public void AddUpstreamResponse(int code) => Interlocked.Increment(ref _upstreamResponses[code]);

    public void AddUpstreamRetry() => Interlocked.Increment(ref _upstreamRetries);
}

/// <summary>How often, and when last, a named secret verified a request of a route.</summary>
internal sealed class SecretCounter(string name)
{
    private long _matches;
    private long _lastMatchMilliseconds;

    public string Name { get; } = name;

    public long Matches => Volatile.Read(in _matches);

    /// <summary>Unix time in seconds; 0 for never, which alert rules can compare with the present like any other time.</summary>
    public double LastMatch => Volatile.Read(in _lastMatchMilliseconds) / 1000.0;

    public void AddMatch(DateTimeOffset now)
    {
        Interlocked.Increment(ref _matches);
        Volatile.Write(ref _lastMatchMilliseconds, now.ToUnixTimeMilliseconds());
    }
}
