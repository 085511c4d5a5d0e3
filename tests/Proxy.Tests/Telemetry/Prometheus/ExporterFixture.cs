using System.Diagnostics.Metrics;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Proxy.Telemetry.Prometheus;

namespace Proxy.Tests.Telemetry.Prometheus;

/// <summary>A provider with the exporter over meters of one test, told apart by a random name.</summary>
internal sealed class ExporterFixture : IDisposable
{
    private readonly string _name = $"test.{Guid.NewGuid():N}";
    private readonly MeterProvider _provider;

    public ExporterFixture()
    {
        Meter = new(_name);
        OtherMeter = new(_name + ".other");
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(_name + "*").AddPrometheusExporter(Exporter).Build();
    }

    public PrometheusExporter Exporter { get; } = new();

    public Meter Meter { get; }

    public Meter OtherMeter { get; }

    public async Task<string> ScrapeAsync()
    {
        using var exposition = await Exporter.ScrapeAsync();
        return Encoding.UTF8.GetString(exposition.Text.Span);
    }

    public void Dispose()
    {
        _provider.Dispose();
        Meter.Dispose();
        OtherMeter.Dispose();
    }
}
