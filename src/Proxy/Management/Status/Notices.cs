using System.Globalization;

namespace Proxy.Management.Status;

/// <summary>Says in words what somebody should look at; the alert rules say the same to Prometheus.</summary>
internal static class Notices
{
    /// <summary>The minutes at the end of a route's history that count as now.</summary>
    private const int Now = 5;

    /// <summary>Fewer requests are no ratio.</summary>
    private const long FewRequests = 10;

    /// <summary>The part of a bound from which on it is near.</summary>
    private const double Near = 0.8;

    public static IEnumerable<NoticeReport> Of(StatusReport status) =>
    [
        .. OfReadiness(status),
        .. OfConfiguration(status.Configuration),
        .. status.Destinations.Where(static destination => destination is { Active: "unhealthy" } or { Passive: "unhealthy" })
            .Select(static destination => Warn(destination.Destination, $"YARP takes {destination.Address} of cluster {destination.Cluster} for unhealthy.")),
        .. status.Routes.SelectMany(OfRoute),
        .. OfBuffer(status.Buffer),
        .. status.Replay.LocalEvictions > 0
            ? [Warn("replay", Text($"Replay claims given up early: {status.Replay.LocalEvictions}. Webhooks.Replay.Capacity is too small."))]
            : Array.Empty<NoticeReport>(),
    ];

    private static IEnumerable<NoticeReport> OfReadiness(StatusReport status)
    {
        if (status.Readiness != "ready")
        {
            yield return Warn("proxy", $"The proxy is {status.Readiness}: new requests should go elsewhere.");
        }
    }

    private static IEnumerable<NoticeReport> OfConfiguration(ConfigurationState? configuration)
    {
        if (configuration is { Successful: false })
        {
            yield return Warn("configuration", "The edited configuration has errors. The last good one stays in force.");
        }

        if (configuration is { RestartNeeded: { Count: > 0 } keys })
        {
            yield return Info("configuration", $"Changed, but read at start only: {string.Join(", ", keys)}. Restart the proxy to apply.");
        }
    }

    private static IEnumerable<NoticeReport> OfRoute(RouteReport route)
    {
        var refused = route.Refused.TakeLast(Now).Sum();
        var all = refused + route.Verified.TakeLast(Now).Sum();
        if (all >= FewRequests && refused * 2 > all)
        {
            yield return Warn(route.Id, Text($"{refused} of {all} requests of the last {Now} minutes failed a check."));
        }

        if (route.Upstream.RecentFailures > 0)
        {
            yield return Warn(route.Id, Text($"Failures of the upstream in the last 30 minutes: {route.Upstream.RecentFailures}."));
        }

        if (route.Reasons.FirstOrDefault(static reason => reason.Reason == "replay_store_unavailable") is { } unavailable)
        {
            yield return Warn(route.Id, Text($"Refused in the last 30 minutes because the replay store was not available: {unavailable.Count}."));
        }

        if (route.Clock is { OldestSeconds: { } oldest } clock && oldest > Near * clock.MaxAgeSeconds)
        {
            yield return Warn(route.Id, Text($"Signed times get up to {oldest:0} s old; {clock.MaxAgeSeconds:0} s are allowed."));
        }

        if (route.Mode == "report")
        {
            yield return Info(route.Id, "Report mode: requests that fail a check pass all the same.");
        }
    }

    private static IEnumerable<NoticeReport> OfBuffer(BufferReport buffer)
    {
        if (buffer.Bytes > Near * buffer.LimitBytes)
        {
            yield return Warn("buffer", "Request bodies have nearly used up Webhooks.Limits.MaxBufferedBytes.");
        }
    }

    private static NoticeReport Warn(string subject, string text) => new("warning", subject, text);

    private static NoticeReport Info(string subject, string text) => new("info", subject, text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
