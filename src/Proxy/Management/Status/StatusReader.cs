using Proxy.Configuration;
using Proxy.Telemetry;
using Proxy.Webhooks.Buffering;
using Proxy.Webhooks.Refusals;
using WebhookVerification.Replay;
using Yarp.ReverseProxy;

namespace Proxy.Management.Status;

/// <summary>Gathers the status from those who keep its parts. Nothing is computed ahead of a reader's asking.</summary>
internal sealed class StatusReader(
    WebhookMetrics metrics,
    TrafficHistory history,
    RecentRefusals refusals,
    ConfigurationStatus configuration,
    Readiness readiness,
    BufferBudget buffer,
    MemoryReplayStore replays,
    SnapshotSource snapshots,
    IProxyStateLookup upstreams,
    TimeProvider clock)
{
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    public StatusReport Read()
    {
        var report = new StatusReport(
            clock.GetUtcNow(),
            _started,
            BuildInfo.Current.Version,
            BuildInfo.Current.Revision,
            NameOf(readiness.State),
            [],
            configuration.Current,
            [.. metrics.Routes
                .OrderBy(static route => route.RouteId, StringComparer.OrdinalIgnoreCase)
                .Select(route => RouteStatus.Read(route, history.Read(route)))],
            [.. refusals.Read().Select(ToReport)],
            [.. DestinationStatus.Read(upstreams)],
            new BufferReport(buffer.Buffered, buffer.Limit),
            ReadReplay());
        return report with { Notices = [.. Notices.Of(report)] };
    }

    private static string NameOf(ReadinessState state) => state switch
    {
        ReadinessState.Ready => "ready",
        ReadinessState.Draining => "draining",
        _ => "not ready",
    };

    private static RefusalReport ToReport(RecentRefusal refusal) => new(
        refusal.Time, refusal.Route, MetricLabels.Of(refusal.Reason), refusal.Status,
        (refusal.Source is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : refusal.Source)?.ToString(), refusal.TraceId);

    private ReplayReport ReadReplay()
    {
        var settings = snapshots.Current.Settings.Replay;
        return new ReplayReport(
            settings.Store.ToString(),
            settings.Capacity,
            replays.Count,
            replays.Evictions,
            Enum.GetValues<ReplayCheck>().ToDictionary(
                MetricLabels.Of, result => metrics.Routes.Sum(route => route.Counters.ReplayChecks(result))));
    }
}
