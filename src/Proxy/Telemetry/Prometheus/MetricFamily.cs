using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Proxy.Telemetry.Prometheus;

/// <summary>The metrics that share a name, possibly from several meters, and so one HELP and one TYPE line.</summary>
internal sealed class MetricFamily
{
    private readonly List<Metric> _metrics = [];

    private MetricFamily(string name, string type)
    {
        Name = Encoding.UTF8.GetBytes(name);
        Type = type;
    }

    public byte[] Name { get; }

    public string Type { get; }

    /// <summary>The first description that any of them has.</summary>
    public string? Help => _metrics.Find(metric => metric.Description.Length > 0)?.Description;

    public IReadOnlyList<Metric> Metrics => _metrics;

    /// <summary>Families by name. Of metrics with one name and two types, those of the type seen first.</summary>
    public static IEnumerable<MetricFamily> Group(in Batch<Metric> metrics)
    {
        var families = new SortedDictionary<string, MetricFamily>(StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            if (TypeOf(metric.MetricType) is not { } type)
            {
                continue;
            }

            var name = PrometheusName.Of(metric.Name, metric.Unit, metric.MetricType);
            if (!families.TryGetValue(name, out var family))
            {
                families.Add(name, family = new(name, type));
            }

            if (family.Type == type)
            {
                family._metrics.Add(metric);
            }
        }

        return families.Values;
    }

    /// <summary>Null for what text format 0.0.4 cannot express, exponential histograms.</summary>
    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };
}
