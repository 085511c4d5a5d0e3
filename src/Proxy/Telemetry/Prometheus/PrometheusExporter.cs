using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Proxy.Telemetry.Prometheus;

/// <summary>Collects on demand and renders Prometheus' text format. Scrapes that overlap share one collection.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock _gate = new();
    private Exposition? _running;
    private int _expectedSize = 64 * 1024;

    /// <summary>Set by the metric reader; null before the provider is built and after it is disposed of.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>
    /// Whether a histogram's series with these tags is still of interest; all are by default. The SDK keeps what was recorded
    /// once for the life of the process, while observed values end by themselves when nobody reports them any more.
    /// </summary>
    public Func<ReadOnlyTagCollection, bool> IsCurrent { get; init; } = static _ => true;

    /// <summary>Collects now, or joins the collection that is running.</summary>
    /// <returns>The text, to be disposed of once by every caller.</returns>
    /// <exception cref="InvalidOperationException">The collection failed, or there is no provider.</exception>
    public Task<Exposition> ScrapeAsync()
    {
        Exposition exposition;
        lock (_gate)
        {
            if (_running is { } running)
            {
                running.AddReader();
                return running.Completion;
            }

            exposition = _running = new(_expectedSize);
        }

        CollectInto(exposition);
        return exposition.Completion;
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // Without a scrape it is the provider's collection at shutdown, which nobody reads.
        if (_running is { } exposition)
        {
            using var format = new TextFormat(exposition.Buffer, IsCurrent);
            format.Write(batch);
            _expectedSize = Math.Max(_expectedSize, exposition.Buffer.Length);
        }

        return ExportResult.Success;
    }

    private void CollectInto(Exposition exposition)
    {
        var collected = false;
        try
        {
            collected = Collect?.Invoke(Timeout.Infinite) ?? false;
        }
        finally
        {
            // From here on nobody joins, so the readers can only become fewer.
            lock (_gate)
            {
                _running = null;
            }

            if (collected)
            {
                exposition.Complete();
            }
            else
            {
                exposition.Fail();
            }
        }
    }
}
