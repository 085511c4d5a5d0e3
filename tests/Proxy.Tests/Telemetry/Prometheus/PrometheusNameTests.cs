using OpenTelemetry.Metrics;
using Proxy.Telemetry.Prometheus;

namespace Proxy.Tests.Telemetry.Prometheus;

public sealed class PrometheusNameTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", MetricType.Histogram, "http_server_request_duration_seconds")]
    [InlineData("webhook.requests", "{request}", MetricType.LongSum, "webhook_requests_total")]
    [InlineData("jobs.total", null, MetricType.LongSum, "jobs_total")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", MetricType.LongSum, "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("queue.bytes", "By", MetricType.LongGauge, "queue_bytes")]
    [InlineData("sent.bytes_total", "By", MetricType.LongSum, "sent_bytes_total")]
    [InlineData("ratio", "1", MetricType.DoubleGauge, "ratio")]
    [InlineData("speed", "m/s", MetricType.DoubleGauge, "speed_m_per_second")]
    [InlineData("rate", "By/{request}", MetricType.DoubleGauge, "rate_By")]
    [InlineData("load", "%", MetricType.DoubleGauge, "load_percent")]
    [InlineData("open", "{connection}", MetricType.LongSumNonMonotonic, "open")]
    [InlineData("2nd.öl--level", "", MetricType.DoubleGauge, "_2nd_l_level")]
    public void Instrument_GetsThePrometheusName(string instrument, string? unit, MetricType type, string expected) =>
        Assert.Equal(expected, PrometheusName.Of(instrument, unit, type));
}
