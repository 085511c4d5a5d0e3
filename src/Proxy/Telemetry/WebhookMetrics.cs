using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Proxy.Webhooks;

namespace Proxy.Telemetry;

/// <summary>
/// The proxy's own instruments. Their names are dotted and without unit or <c>_total</c>, which exporters add.
/// Counters are plain numbers that are observed at collection: they cost an interlocked addition per event, exist at 0 from
/// load, and end when a reload removes their route.
/// </summary>
internal sealed class WebhookMetrics
{
    public const string MeterName = "WebhookProxy";

    private readonly Meter _meter;
    private readonly RouteHistograms _histograms;
    private readonly ReloadStatus _reloads = new();
    private readonly Dictionary<string, Func<RouteMetrics, int>> _seriesOfRoute = [];
    private volatile FrozenDictionary<string, RouteMetrics> _routes = FrozenDictionary<string, RouteMetrics>.Empty;
    private long _logSuppressed;

    public WebhookMetrics(IMeterFactory meterFactory, MetricSources sources)
    {
        ArgumentNullException.ThrowIfNull(meterFactory);
        ArgumentNullException.ThrowIfNull(sources);

        _meter = meterFactory.Create(MeterName);
        _histograms = new(_meter);
        ObserveRoutes();
        ObserveProxy(sources);
        ObserveConfiguration();
    }

    /// <summary>The routes of the configuration that is in force.</summary>
    public IReadOnlyCollection<RouteMetrics> Routes => _routes.Values;

    /// <summary>Whether a route of that id is in force.</summary>
    public bool HasRoute(string routeId) => _routes.ContainsKey(routeId);

    /// <summary>
    /// Metrics for a route of a configuration that is being built. They continue the counts of the route in force, and are
    /// exported once <see cref="ConfigurationApplied"/> gets them: a configuration that is rejected leaves no trace.
    /// </summary>
    public RouteMetrics ForRoute(string routeId, WebhookPolicy policy)
    {
        var previous = _routes.GetValueOrDefault(routeId);
        return ReferenceEquals(previous?.Policy, policy) ? previous : new(_histograms, routeId, policy, previous);
    }

    /// <summary>A configuration is in force, the first or a later one; routes that it lacks are no longer exported.</summary>
    public void ConfigurationApplied(IEnumerable<RouteMetrics> routes, DateTimeOffset now)
    {
        _routes = routes.ToFrozenDictionary(route => route.RouteId);
        _reloads.Apply(now);
    }

    /// <summary>A reload failed; the configuration in force stays.</summary>
    public void ReloadRejected() => _reloads.Reject();

    /// <summary>A log line was left out because there were too many like it.</summary>
    public void LogSuppressed() => Interlocked.Increment(ref _logSuppressed);

    /// <summary>How many series an instrument of this class has with one route for each of <paramref name="policies"/>.</summary>
    public int CountSeries(Instrument instrument, IReadOnlyCollection<WebhookPolicy> policies) =>
        _seriesOfRoute.TryGetValue(instrument.Name, out var count)
            ? policies.Sum(policy => count(new(_histograms, "", policy, previous: null)))
            : policies.Count;

    private void ObserveRoutes()
    {
        Count("webhook.requests", "{request}", "Requests by how they ended.", static route => route.ObserveRequests());
        Count(
            "webhook.secret.matches", "{match}", "Requests that a secret verified.", static route => route.ObserveSecretMatches());
        Gauge(
            "webhook.secret.last_match.timestamp", "s", "When a secret last verified a request, in Unix time; 0 for never.",
            static route => route.ObserveSecretLastMatches());
        Count(
            "webhook.replay.checks", "{check}", "Replay checks by what they found.", static route => route.ObserveReplayChecks());
        Count(
            "webhook.upstream.responses", "{response}", "Answers of the upstream by class; error where none came.",
            static route => route.ObserveUpstreamResponses());
        Count(
            "webhook.upstream.retries", "{retry}", "Further attempts to connect to the upstream.",
            static route => [route.ObserveUpstreamRetries()]);
        Gauge("webhook.max_age", "s", "How old a signed time may be.", static route => route.ObserveMaxAge());
        Gauge<long>("webhook.policy.info", null, "The policy of a route.", static route => [route.ObservePolicy()]);
    }

    private void ObserveProxy(MetricSources sources)
    {
        _meter.CreateObservableGauge("webhook.buffered", sources.BufferedBytes, "By", "Request bodies held at the moment.");
        _meter.CreateObservableGauge("webhook.buffered.limit", sources.BufferedLimitBytes, "By", "The budget for bodies.");
        _meter.CreateObservableCounter(
            "webhook.replay.evictions", sources.ReplayEvictions, "{claim}", "Replay claims given up early, for want of room.");
        _meter.CreateObservableCounter(
            "webhook.log.suppressed", () => Volatile.Read(in _logSuppressed), "{line}", "Log lines left out as too many alike.");
        _meter.CreateObservableGauge(
            "webhook.build.info",
            static () => new Measurement<long>(
                1, new("version", BuildInfo.Current.Version), new("revision", BuildInfo.Current.Revision)),
            unit: null, "What this process was built from.");
    }

    private void ObserveConfiguration()
    {
        _meter.CreateObservableCounter("webhook.config.reloads", ObserveReloads, "{reload}", "Reloads of the configuration.");
        _meter.CreateObservableGauge(
            "webhook.config.last_reload.successful", () => _reloads.Successful ? 1 : 0,
            unit: null, "Whether the last attempt to load the configuration succeeded.");
        _meter.CreateObservableGauge(
            "webhook.config.last_reload.success.timestamp", () => _reloads.AppliedAt.ToUnixTimeMilliseconds() / 1000.0,
            "s", "When configuration was last applied, in Unix time.");
    }

    private IEnumerable<Measurement<long>> ObserveReloads() =>
        [new(_reloads.Applied, [new("result", "applied")]), new(_reloads.Rejected, [new("result", "rejected")])];

    private void Count(
        string name, string unit, string description, Func<RouteMetrics, IEnumerable<Measurement<long>>> observe) =>
        _meter.CreateObservableCounter(name, EachRoute(name, observe), unit, description);

    private void Gauge<T>(string name, string? unit, string description, Func<RouteMetrics, IEnumerable<Measurement<T>>> observe)
        where T : struct => _meter.CreateObservableGauge(name, EachRoute(name, observe), unit, description);

    private Func<IEnumerable<Measurement<T>>> EachRoute<T>(string name, Func<RouteMetrics, IEnumerable<Measurement<T>>> observe)
        where T : struct
    {
        _seriesOfRoute.Add(name, route => observe(route).Count());
        return () => _routes.Values.SelectMany(observe);
    }
}
