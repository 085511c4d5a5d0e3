using OpenTelemetry.Metrics;

namespace Proxy.Telemetry.Prometheus;

/// <summary>
/// The two calls of OpenTelemetry.Exporter.Prometheus.AspNetCore, so that the package can take the place of this folder.
/// </summary>
internal static class PrometheusExporterExtensions
{
    /// <summary>Adds a reader that <paramref name="exporter"/> collects from.</summary>
    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder, PrometheusExporter exporter) =>
        builder.AddReader(new BaseExportingMetricReader(exporter));

    /// <summary>Serves the metrics of the application's <see cref="PrometheusExporter"/> to GET and HEAD.</summary>
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(
        this IEndpointRouteBuilder endpoints, string path = "/metrics")
    {
        var exporter = endpoints.ServiceProvider.GetRequiredService<PrometheusExporter>();
        return endpoints.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], context => ScrapeAsync(context, exporter));
    }

    private static async Task ScrapeAsync(HttpContext context, PrometheusExporter exporter)
    {
        using var exposition = await exporter.ScrapeAsync();
        context.Response.ContentType = TextFormat.ContentType;
        context.Response.ContentLength = exposition.Text.Length;
        await context.Response.Body.WriteAsync(exposition.Text, context.RequestAborted);
    }
}
