using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Tests.Telemetry;

/// <summary>A served application with the proxy's telemetry, so that the framework's meters have something to say.</summary>
internal sealed class TelemetryFixture : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TelemetryFixture(WebApplication app, TelemetryHost host, WebhookMetrics metrics)
    {
        _app = app;
        Host = host;
        Metrics = metrics;
    }

    public TelemetryHost Host { get; }

    public WebhookMetrics Metrics { get; }

    public static async Task<TelemetryFixture> StartAsync(
        Func<WebhookMetrics, IEnumerable<RouteMetrics>> routes, params (string Name, string Value)[] environment)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("ok"));

        var meterFactory = app.Services.GetRequiredService<IMeterFactory>();
        var metrics = new WebhookMetrics(meterFactory, new() { BufferedLimitBytes = () => 268_435_456 });
        metrics.ConfigurationApplied(routes(metrics), MetricsFixture.Now);
        var host = new TelemetryHost(meterFactory, metrics, new(
            environment.ToDictionary(variable => variable.Name, variable => variable.Value),
            [.. metrics.Routes.Select(route => route.Policy)]));
        await app.StartAsync();
        return new(app, host, metrics);
    }

    public static Task<TelemetryFixture> StartAsync(params (string Name, string Value)[] environment) => StartAsync(
        metrics => [metrics.ForRoute("stripe", MetricsFixture.Policy("stripe", PolicyMode.Enforce, "current", "previous"))],
        environment);

    public async Task<string> ScrapeAsync()
    {
        using var exposition = await Host.Prometheus.ScrapeAsync();
        return Encoding.UTF8.GetString(exposition.Text.Span);
    }

    /// <summary>Sends one request to the application.</summary>
    public async Task GetAsync(string path = "/")
    {
        using var client = new HttpClient();
        Assert.Equal("ok", await client.GetStringAsync(new Uri(_app.Urls.Single() + path)));
    }

    public async ValueTask DisposeAsync()
    {
        // As a container does it: what was made last goes first. Instruments of a disposed meter factory are gone.
        Host.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>One of every event.</summary>
    public static void OneOfEach(RouteMetrics route)
    {
        route.RequestEnded(RequestOutcome.Verified, Reason.None);
        route.VerificationTook(TimeSpan.FromMicroseconds(40));
        route.BodyReceived(2014);
        route.SignedTime(TimeSpan.FromSeconds(1));
        route.SignedTime(TimeSpan.FromSeconds(-1));
        route.SecretMatched(0, MetricsFixture.Now);
        route.ReplayChecked(ReplayCheck.New);
        route.UpstreamResponded(200);
        route.UpstreamFailed();
        route.UpstreamTook(TimeSpan.FromMilliseconds(2));
        route.UpstreamRetried();
    }
}
