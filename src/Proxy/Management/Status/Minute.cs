using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Management.Status;

/// <summary>What a route counted within a minute.</summary>
/// <param name="Requests">How requests ended; only what happened.</param>
/// <param name="UpstreamFailures">Answers 5xx of the upstream, and calls without an answer.</param>
/// <param name="Age">How old the oldest signed time was.</param>
/// <param name="Ahead">How far ahead of our clock the furthest signed time was.</param>
internal sealed record Minute(
    IReadOnlyList<(RequestSeriesKey Key, long Count)> Requests, long UpstreamFailures, TimeSpan? Age, TimeSpan? Ahead)
{
    public static Minute Empty { get; } = new([], 0, null, null);

    /// <summary>Forwarded as authentic.</summary>
    public long Verified => Count(RequestOutcome.Verified);

    /// <summary>Forwarded by a route whose policy is None.</summary>
    public long Unverified => Count(RequestOutcome.Unverified);

    /// <summary>Failed a check: turned away or, in report mode, let pass all the same.</summary>
    public long Refused => Count(RequestOutcome.Rejected) + Count(RequestOutcome.Refused) + Count(RequestOutcome.Reported);

    /// <summary>Several minutes as one.</summary>
    public static Minute Sum(IEnumerable<Minute> minutes)
    {
        var all = minutes.ToList();
        return new Minute(
            [.. all.SelectMany(static minute => minute.Requests)
                .GroupBy(static request => request.Key, static request => request.Count)
                .Select(static counts => (counts.Key, counts.Sum()))
                .OrderByDescending(static request => request.Item2)],
            all.Sum(static minute => minute.UpstreamFailures),
            all.Max(static minute => minute.Age),
            all.Max(static minute => minute.Ahead));
    }

    private long Count(RequestOutcome outcome) => Requests.Where(request => request.Key.Outcome == outcome).Sum(static request => request.Count);
}
