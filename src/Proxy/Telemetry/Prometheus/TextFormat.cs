using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Proxy.Telemetry.Prometheus;

/// <summary>
/// Prometheus' text format 0.0.4, https://prometheus.io/docs/instrumenting/exposition_formats. Meters' names and versions are
/// left out, as are tags that meters or instruments carry themselves: nothing that is exported here has any.
/// </summary>
/// <param name="output">Takes the text.</param>
/// <param name="isCurrent">Whether a histogram's series with these tags is to be written.</param>
internal sealed class TextFormat(ExpositionBuffer output, Func<ReadOnlyTagCollection, bool> isCurrent) : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly ExpositionBuffer _labels = new(expectedSize: 256);
    private readonly List<byte[]> _bounds = [];

    public void Write(in Batch<Metric> metrics)
    {
        foreach (var family in MetricFamily.Group(metrics))
        {
            WriteHeader(family);
            foreach (var metric in family.Metrics)
            {
                WriteMetric(family.Name, metric);
            }
        }
    }

    public void Dispose() => _labels.Dispose();

    private void WriteHeader(MetricFamily family)
    {
        if (family.Help is { } help)
        {
            output.Append("# HELP "u8);
            output.Append(family.Name);
            output.Append((byte)' ');
            output.AppendHelp(help);
            output.Append((byte)'\n');
        }

        output.Append("# TYPE "u8);
        output.Append(family.Name);
        output.Append((byte)' ');
        output.Append(family.Type.AsSpan());
        output.Append((byte)'\n');
    }

    private void WriteMetric(ReadOnlySpan<byte> name, Metric metric)
    {
        _bounds.Clear();
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var isHistogram = metric.MetricType == MetricType.Histogram;
            if (isHistogram && !isCurrent(point.Tags))
            {
                continue;
            }

            _labels.Clear();
            WriteLabels(point.Tags);
            if (isHistogram)
            {
                WriteHistogram(name, in point);
            }
            else
            {
                WriteNumber(name, metric.MetricType, in point);
            }
        }
    }

    private void WriteNumber(ReadOnlySpan<byte> name, MetricType type, ref readonly MetricPoint point)
    {
        WriteSeries(name, suffix: []);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                output.Append(point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                output.Append(point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                output.Append(point.GetGaugeLastValueLong());
                break;
            default:
                output.Append(point.GetGaugeLastValueDouble());
                break;
        }

        output.Append((byte)'\n');
    }

    private void WriteHistogram(ReadOnlySpan<byte> name, ref readonly MetricPoint point)
    {
        var cumulated = 0L;
        var index = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulated += bucket.BucketCount;
            output.Append(name);
            output.Append("_bucket{"u8);
            output.Append(_labels.Written.Span);
            output.Append(_labels.Length > 0 ? ",le=\""u8 : "le=\""u8);
            output.Append(Bound(index++, bucket.ExplicitBound));
            output.Append("\"} "u8);
            output.Append(cumulated);
            output.Append((byte)'\n');
        }

        WriteSeries(name, "_sum"u8);
        output.Append(point.GetHistogramSum());
        output.Append((byte)'\n');
        WriteSeries(name, "_count"u8);
        output.Append(point.GetHistogramCount());
        output.Append((byte)'\n');
    }

    private void WriteSeries(ReadOnlySpan<byte> name, ReadOnlySpan<byte> suffix)
    {
        output.Append(name);
        output.Append(suffix);
        if (_labels.Length > 0)
        {
            output.Append((byte)'{');
            output.Append(_labels.Written.Span);
            output.Append((byte)'}');
        }

        output.Append((byte)' ');
    }

    private void WriteLabels(ReadOnlyTagCollection tags)
    {
        foreach (var (key, value) in tags)
        {
            if (_labels.Length > 0)
            {
                _labels.Append((byte)',');
            }

            WriteLabelName(key);
            _labels.Append("=\""u8);
            switch (value)
            {
                case string text:
                    _labels.AppendLabelValue(text);
                    break;
                case int number:
                    _labels.Append((long)number);
                    break;
                case bool flag:
                    _labels.Append(flag ? "true"u8 : "false"u8);
                    break;
                default:
                    _labels.AppendLabelValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }

            _labels.Append((byte)'"');
        }
    }

    private void WriteLabelName(string key)
    {
        var previous = '\0';
        if (key.Length == 0 || char.IsAsciiDigit(key[0]))
        {
            _labels.Append((byte)'_');
        }

        foreach (var c in key)
        {
            var legal = char.IsAsciiLetterOrDigit(c) ? c : '_';
            if (legal != '_' || previous != '_')
            {
                _labels.Append((byte)legal);
            }

            previous = legal;
        }
    }

    /// <summary>All points of a metric have the same bounds: each is formatted once.</summary>
    private byte[] Bound(int index, double bound)
    {
        if (index == _bounds.Count)
        {
            Span<byte> text = stackalloc byte[PrometheusNumber.MaxLength];
            _bounds.Add(text[..PrometheusNumber.Write(bound, text)].ToArray());
        }

        return _bounds[index];
    }
}
