using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Management.Status;

/// <summary>Reports one route.</summary>
internal static class RouteStatus
{
    public static RouteReport Read(RouteMetrics route, IReadOnlyList<Minute> minutes)
    {
        var (policy, recent) = (route.Policy, Minute.Sum(minutes));
        return new RouteReport(
            route.RouteId,
            policy.Name,
            policy.Provider,
            MetricLabels.Of(policy.Mode),
            [.. minutes.Select(static minute => minute.Verified)],
            [.. minutes.Select(static minute => minute.Unverified)],
            [.. minutes.Select(static minute => minute.Refused)],
            [.. recent.Requests.Where(static request => request.Key.Reason != Reason.None).Select(ToReport)],
            [.. Enumerable.Range(0, RequestSeriesKey.Count)
                .Select(RequestSeriesKey.At)
                .Select(key => (Key: key, Count: route.Counters.Requests(key)))
                .Where(static request => request.Count > 0)
                .Select(ToReport)],
            [.. route.Secrets.Select(ToReport)],
            policy.MaxAge is { } maxAge
                ? new ClockReport(
                    maxAge.TotalSeconds, policy.MaxFutureSkew.TotalSeconds, recent.Age?.TotalSeconds, recent.Ahead?.TotalSeconds)
                : null,
            new UpstreamReport(
                MetricLabels.UpstreamCodes.Index().ToDictionary(
                    static code => code.Item, code => route.Counters.UpstreamResponses(code.Index)),
                route.Counters.UpstreamRetries,
                recent.UpstreamFailures));
    }

    private static OutcomeReport ToReport((RequestSeriesKey Key, long Count) request) =>
        new(MetricLabels.Of(request.Key.Outcome), MetricLabels.Of(request.Key.Reason), request.Count);

    private static SecretReport ToReport(SecretCounter secret) => new(
        secret.Name,
        secret.Matches,
        secret.LastMatch > 0 ? DateTimeOffset.UnixEpoch.AddSeconds(secret.LastMatch) : null);
}
