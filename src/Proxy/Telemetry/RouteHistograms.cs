using System.Diagnostics.Metrics;

namespace Proxy.Telemetry;

/// <summary>The distributions that every route records into, told apart by the tag <c>route</c>.</summary>
internal sealed class RouteHistograms(Meter meter)
{
    public Histogram<double> Verification { get; } = meter.CreateHistogram(
        "webhook.verification.duration", "s",
        "Time spent on checking signature and time, without waiting for body or store.", tags: null, Buckets.Verification);

    public Histogram<long> BodySize { get; } = meter.CreateHistogram(
        "webhook.request.body.size", "By", "Size of bodies that arrived whole.", tags: null, Buckets.BodySize);

    public Histogram<double> Upstream { get; } = meter.CreateHistogram(
        "webhook.upstream.duration", "s", "Time the upstream took to answer, retries included.", tags: null, Buckets.Upstream);

    public Histogram<double> Age { get; } = meter.CreateHistogram(
        "webhook.timestamp.age", "s", "How long ago authentic requests were signed.", tags: null, Buckets.Age);

    public Histogram<double> Ahead { get; } = meter.CreateHistogram(
        "webhook.timestamp.ahead", "s", "How far ahead of this clock authentic requests were signed.", tags: null, Buckets.Age);
}
