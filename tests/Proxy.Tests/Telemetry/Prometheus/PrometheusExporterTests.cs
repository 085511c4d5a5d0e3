using Proxy.Telemetry.Prometheus;

namespace Proxy.Tests.Telemetry.Prometheus;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly ExporterFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task OverlappingScrapes_ShareOneCollection()
    {
        using var collecting = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var collections = 0;
        _fixture.Meter.CreateObservableGauge("g", () =>
        {
            collecting.Set();
            go.Wait(TimeSpan.FromSeconds(20));
            return ++collections;
        });

        var first = Task.Run(_fixture.ScrapeAsync);
        Assert.True(collecting.Wait(TimeSpan.FromSeconds(20)));
        var joined = Enumerable.Range(0, 8).Select(_ => _fixture.ScrapeAsync()).ToList();
        Assert.All(joined, scrape => Assert.False(scrape.IsCompleted));
        go.Set();

        var text = await Deadline.Within(first, "the collection ends");
        Assert.Equal("# TYPE g gauge\ng 1\n", text);
        Assert.All(await Deadline.Within(Task.WhenAll(joined), "the joined scrapes end"), other => Assert.Equal(text, other));
        Assert.Contains("g 2\n", await _fixture.ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyScrapesAtOnce_AllGetWholeTexts()
    {
        _fixture.Meter.CreateObservableGauge("g", () => 7);

        var texts = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(_fixture.ScrapeAsync)));

        Assert.All(texts, text => Assert.Equal("# TYPE g gauge\ng 7\n", text));
    }

    [Fact]
    public async Task WithoutAProvider_ScrapeFails() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new PrometheusExporter().ScrapeAsync());

    [Fact]
    public async Task FailedScrape_DoesNotBlockTheNext()
    {
        using var exporter = new PrometheusExporter { Collect = _ => throw new NotSupportedException() };
        await Assert.ThrowsAsync<NotSupportedException>(exporter.ScrapeAsync);

        exporter.Collect = _ => true;

        using var exposition = await exporter.ScrapeAsync();
        Assert.Equal(0, exposition.Text.Length);
    }
}
