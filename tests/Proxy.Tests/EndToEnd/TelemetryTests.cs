using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Proxy.Telemetry;

namespace Proxy.Tests.EndToEnd;

public sealed class TelemetryTests
{
    /// <summary>22 series of webhook_requests_total each: more than the SDK's limit of 2,000.</summary>
    private const int Routes = 120;

    [Fact]
    public async Task ManyRoutes_AllHaveTheirSeriesFromTheStart()
    {
        await using var proxy = await ProxyFixture.StartAsync(ManyRoutes());

        var scrape = await proxy.ScrapeAsync();

        Assert.Equal(22 * Routes, scrape.Count("webhook_requests_total"));
        Assert.Equal(Routes, scrape.Count("webhook_policy_info"));
        Assert.Equal(1, scrape.Sum("webhook_config_last_reload_successful"));
    }

    [Fact]
    public async Task OtlpEndpointInTheEnvironment_IsHeeded()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            environment: new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" });

        Assert.True(proxy.Services.GetRequiredService<TelemetryHost>().ExportsTraces);
    }

    private static string ManyRoutes()
    {
        var names = Enumerable.Range(0, Routes).Select(i => $"r{i}").ToList();
        return JsonSerializer.Serialize(new
        {
            ReverseProxy = new
            {
                Routes = names.ToDictionary(name => name, name => new
                {
                    ClusterId = "consumer",
                    Match = new { Path = "/" + name },
                    Metadata = new { WebhookPolicy = "tawk" },
                }),
                Clusters = new { consumer = new { Destinations = new { } } },
            },
            Webhooks = new
            {
                Policies = new { tawk = new { Provider = "tawk", Secrets = new { current = "env:TAWK_WEBHOOK_SECRET" } } },
            },
        });
    }
}
