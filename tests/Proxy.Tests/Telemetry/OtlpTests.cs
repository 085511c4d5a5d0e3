using System.Diagnostics;
using Proxy.Telemetry;

namespace Proxy.Tests.Telemetry;

public sealed class OtlpTests
{
    [Fact]
    public async Task EndpointInTheEnvironment_GetsMetricsAndTraces()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var fixture = await TelemetryFixture.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "edge-7"));
        await using (fixture)
        {
            Assert.True(fixture.Host.ExportsTraces);
            TelemetryFixture.OneOfEach(fixture.Metrics.Routes.Single());
            using (Tracing.Source.StartActivity("verify", ActivityKind.Internal, parentContext: default))
            {
            }
        }

        Assert.Contains(collector.Received, request => request.Path == "/v1/metrics" && Has(request.Body, "webhook.requests", "edge-7"));
        Assert.Contains(collector.Received, request => request.Path == "/v1/traces" && Has(request.Body, "verify", "edge-7"));
    }

    [Fact]
    public async Task WithoutAnEndpoint_NothingIsTraced()
    {
        await using var fixture = await TelemetryFixture.StartAsync();

        Assert.False(fixture.Host.ExportsTraces);
    }

    [Fact]
    public async Task UnreachableEndpoint_DoesNotDisturbScrapes()
    {
        await using var fixture = await TelemetryFixture.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        Assert.Contains("webhook_build_info{", await fixture.ScrapeAsync(), StringComparison.Ordinal);
    }

    private static bool Has(string body, params string[] texts) =>
        texts.All(text => body.Contains(text, StringComparison.Ordinal));
}
