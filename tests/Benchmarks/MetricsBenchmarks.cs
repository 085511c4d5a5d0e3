using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Benchmarks;

/// <summary>What metrics cost a request, and what a scrape of many routes costs.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class MetricsBenchmarks
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private TelemetryHost _telemetry = null!;
    private RouteMetrics _route = null!;

    [Params(1, 1000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var meterFactory = _services.GetRequiredService<IMeterFactory>();
        var metrics = new WebhookMetrics(meterFactory, new());
        List<RouteMetrics> routes = [.. Enumerable.Range(0, Routes).Select(i => metrics.ForRoute($"route-{i}", Policy()))];
        metrics.ConfigurationApplied(routes, Now);
        _telemetry = new(meterFactory, metrics, new(new Dictionary<string, string>(), [.. routes.Select(route => route.Policy)]));
        routes.ForEach(OneRequest);
        _route = routes[0];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _telemetry.Dispose();
        _services.Dispose();
    }

    /// <summary>What one event costs that the framework's own histogram records, to measure the others by.</summary>
    [Benchmark(Baseline = true)]
    public void OneHistogram() => _route.BodyReceived(2014);

    /// <summary>Every event of one verified request.</summary>
    [Benchmark]
    public void Request() => OneRequest(_route);

    /// <summary>Collecting and writing everything.</summary>
    [Benchmark]
    public async Task<int> Scrape()
    {
        using var exposition = await _telemetry.Prometheus.ScrapeAsync();
        return exposition.Text.Length;
    }

    private static WebhookPolicy Policy() => new()
    {
        Name = "stripe",
        Provider = "stripe",
        Revision = "1",
        Mode = PolicyMode.Enforce,
        SecretNames = ["current", "previous"],
        MaxAge = TimeSpan.FromMinutes(5),
        Replay = new() { Mode = ReplayMode.Enforce },
    };

    private static void OneRequest(RouteMetrics route)
    {
        route.VerificationTook(TimeSpan.FromMicroseconds(12));
        route.BodyReceived(2014);
        route.SignedTime(TimeSpan.FromSeconds(1));
        route.SecretMatched(0, Now);
        route.ReplayChecked(ReplayCheck.New);
        route.UpstreamResponded(200);
        route.UpstreamTook(TimeSpan.FromMilliseconds(2));
        route.RequestEnded(RequestOutcome.Verified, Reason.None);
    }
}
