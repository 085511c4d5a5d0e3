using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Proxy.Telemetry.Prometheus;
using Proxy.Webhooks;

namespace Proxy.Telemetry;

/// <summary>
/// Collects the instruments of one application for the Prometheus endpoint and, where the environment asks for it, sends
/// metrics and traces by OTLP. Lives as long as the application; disposing of it sends what is left.
/// </summary>
internal sealed class TelemetryHost : IDisposable
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "webhook-proxy";
    private const string RequestDuration = "http.server.request.duration";

    /// <summary>Series of the server's duration that a route can have: few methods, times the status codes that occur.</summary>
    private const int SeriesOfDuration = 10;

    /// <summary>The SDK's own limit of series per instrument, which is never undercut.</summary>
    private const int MinimalLimit = 2000;

    /// <summary>The limits are fixed for the life of the process, and a series that ended keeps its place.</summary>
    private const int RoomForReloads = 4;

    private static readonly string[] FrameworkMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    private readonly WebhookMetrics _metrics;
    private readonly IMeterFactory _meterFactory;
    private readonly IReadOnlyCollection<WebhookPolicy> _policies;
    private readonly MeterProvider _meterProvider;
    private readonly TracerProvider? _tracerProvider;

    /// <param name="meterFactory">The application's; instruments of another application in this process are left alone.</param>
    /// <param name="metrics">The proxy's own instruments.</param>
    /// <param name="settings">The environment, and the routes of the start.</param>
    public TelemetryHost(IMeterFactory meterFactory, WebhookMetrics metrics, TelemetrySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _meterFactory = meterFactory;
        _metrics = metrics;
        Prometheus = new() { IsCurrent = IsCurrent };
        _policies = settings.Policies;
        var environment = Variables(settings.Environment);

        var meters = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(environment))
            .SetResourceBuilder(Resource())
            .AddMeter([WebhookMetrics.MeterName, .. FrameworkMeters])
            .AddView(Stream)
            .AddPrometheusExporter(Prometheus);
        if (environment[OtlpEndpoint] is { Length: > 0 })
        {
            meters.AddOtlpExporter();
            _tracerProvider = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(environment))
                .SetResourceBuilder(Resource())
                .AddSource(Tracing.Source.Name, "Microsoft.AspNetCore", "System.Net.Http")
                .AddOtlpExporter()
                .Build();
        }

        _meterProvider = meters.Build();
    }

    /// <summary>What the scrape endpoint serves.</summary>
    public PrometheusExporter Prometheus { get; }

    /// <summary>Whether spans are recorded and sent.</summary>
    public bool ExportsTraces => _tracerProvider is not null;

    public void Dispose()
    {
        _tracerProvider?.Dispose();
        _meterProvider.Dispose();
    }

    /// <summary>What the SDK reads its settings from; no other variable, some of them secrets, gets there.</summary>
    private static IConfiguration Variables(IReadOnlyDictionary<string, string> environment)
    {
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environment)
        {
            if (name.StartsWith("OTEL_", StringComparison.Ordinal))
            {
                variables[name] = value;
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(variables).Build();
    }

    /// <summary>The environment has the last word on the service's name and attributes.</summary>
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService(ServiceName, serviceVersion: BuildInfo.Current.Version)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    /// <summary>False for what is left of a route that a reload removed.</summary>
    private bool IsCurrent(ReadOnlyTagCollection tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key == RouteMetrics.RouteTag)
            {
                return value is string id && _metrics.HasRoute(id);
            }
        }

        return true;
    }

    private MetricStreamConfiguration? Stream(Instrument instrument)
    {
        // Meters are known by name to the whole process. Those that belong to an application carry its factory: the management
        // listener's own server, or a second proxy beside this one, must not be mixed in.
        if (instrument.Meter.Scope is { } scope && scope != _meterFactory)
        {
            return MetricStreamConfiguration.Drop;
        }

        return instrument switch
        {
            { Meter.Name: WebhookMetrics.MeterName } => Limit(_metrics.CountSeries(instrument, _policies)),
            // In Prometheus, "_count" is a part of a histogram: promtool objects, and some tools are misled.
            { Meter.Name: "System.Runtime", Name: "dotnet.assembly.count" or "dotnet.process.cpu.count" or "dotnet.timer.count" }
                => MetricStreamConfiguration.Drop,
            { Name: RequestDuration } => Limit(SeriesOfDuration * _policies.Count),
            _ => null,
        };
    }

    private static MetricStreamConfiguration Limit(int series) =>
        new() { CardinalityLimit = Math.Max(MinimalLimit, RoomForReloads * series) };
}
