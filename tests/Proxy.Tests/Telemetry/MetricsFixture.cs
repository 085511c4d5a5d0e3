using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Tests.Telemetry;

/// <summary>The proxy's instruments with a listener of their own, which other tests of this process do not reach.</summary>
internal sealed class MetricsFixture : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _values = [];

    public MetricsFixture(MetricSources? sources = null)
    {
        MeterFactory = _services.GetRequiredService<IMeterFactory>();
        Metrics = new(MeterFactory, sources ?? new());
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == MeterFactory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public IMeterFactory MeterFactory { get; }

    public WebhookMetrics Metrics { get; }

    public static WebhookPolicy Policy(
        string name = "stripe", PolicyMode mode = PolicyMode.Enforce, params string[] secrets) => new()
        {
            Name = name,
            Provider = mode == PolicyMode.None ? "none" : name,
            Revision = Guid.NewGuid().ToString("N"),
            Mode = mode,
            SecretNames = secrets,
            MaxAge = mode == PolicyMode.None ? null : TimeSpan.FromMinutes(5),
            Replay = new() { Mode = mode == PolicyMode.None ? ReplayMode.Off : ReplayMode.Enforce },
        };

    /// <summary>Puts a configuration of this one route in force.</summary>
    public RouteMetrics Apply(string routeId, WebhookPolicy policy)
    {
        var route = Metrics.ForRoute(routeId, policy);
        Metrics.ConfigurationApplied([route], Now);
        return route;
    }

    /// <summary>The last values, by <c>instrument{label=value,…}</c>.</summary>
    public IReadOnlyDictionary<string, double> Collect()
    {
        foreach (var observed in _values.Keys.Where(series => !IsHistogram(series)).ToList())
        {
            _values.Remove(observed);
        }

        _listener.RecordObservableInstruments();
        return _values;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private static bool IsHistogram(string series) =>
        series.Contains(".duration", StringComparison.Ordinal) || series.Contains(".size", StringComparison.Ordinal) ||
        series.Contains("timestamp.a", StringComparison.Ordinal);

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _values[$"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}"] = value;
}
