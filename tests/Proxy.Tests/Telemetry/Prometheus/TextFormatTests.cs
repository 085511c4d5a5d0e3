using System.Diagnostics.Metrics;

namespace Proxy.Tests.Telemetry.Prometheus;

public sealed class TextFormatTests : IDisposable
{
    private readonly ExporterFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task NothingMeasured_GivesAnEmptyText() => Assert.Equal("", await _fixture.ScrapeAsync());

    [Fact]
    public async Task Counter_IsWrittenWithHelpTypeAndLabels()
    {
        var counter = _fixture.Meter.CreateCounter<long>("jobs", "{job}", "Jobs done.");
        counter.Add(2, new("kind", "a"), new("http.status", 200));
        counter.Add(40);

        Assert.Equal(
            """
            # HELP jobs_total Jobs done.
            # TYPE jobs_total counter
            jobs_total 40
            jobs_total{http_status="200",kind="a"} 2

            """,
            await _fixture.ScrapeAsync());
    }

    [Fact]
    public async Task Histogram_IsCumulativeAndEndsWithInfinity()
    {
        var histogram = _fixture.Meter.CreateHistogram(
            "wait", "s", "Time waited.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00001, 0.5, 2] });
        histogram.Record(0.00001, new KeyValuePair<string, object?>("q", "x"));
        histogram.Record(1, new KeyValuePair<string, object?>("q", "x"));
        histogram.Record(2.5, new KeyValuePair<string, object?>("q", "x"));
        histogram.Record(0.25);

        Assert.Equal(
            """
            # HELP wait_seconds Time waited.
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="1e-05"} 0
            wait_seconds_bucket{le="0.5"} 1
            wait_seconds_bucket{le="2"} 1
            wait_seconds_bucket{le="+Inf"} 1
            wait_seconds_sum 0.25
            wait_seconds_count 1
            wait_seconds_bucket{q="x",le="1e-05"} 1
            wait_seconds_bucket{q="x",le="0.5"} 1
            wait_seconds_bucket{q="x",le="2"} 2
            wait_seconds_bucket{q="x",le="+Inf"} 3
            wait_seconds_sum{q="x"} 3.50001
            wait_seconds_count{q="x"} 3

            """,
            await _fixture.ScrapeAsync());
    }

    [Fact]
    public async Task Gauges_KeepTheirSignAndSpecialValues()
    {
        _fixture.Meter.CreateObservableGauge("a", () => double.NaN);
        _fixture.Meter.CreateObservableGauge("b", () => double.NegativeInfinity);
        _fixture.Meter.CreateObservableUpDownCounter("c", () => -3L);
        _fixture.Meter.CreateObservableUpDownCounter("d", () => -0.5);
        _fixture.Meter.CreateObservableCounter("e", () => 1.5);

        Assert.Equal(
            """
            # TYPE a gauge
            a NaN
            # TYPE b gauge
            b -Inf
            # TYPE c gauge
            c -3
            # TYPE d gauge
            d -0.5
            # TYPE e_total counter
            e_total 1.5

            """,
            await _fixture.ScrapeAsync());
    }

    [Fact]
    public async Task SpecialCharacters_AreEscaped()
    {
        var gauge = _fixture.Meter.CreateGauge<int>("g", null, "One\\two\n\"three\"");
        gauge.Record(1, new("2nd..key-", "a\"b\\c\nd é"), new("flag", true), new("none", null));

        Assert.Equal(
            "# HELP g One\\\\two\\n\"three\"\n# TYPE g gauge\n" +
            "g{_2nd_key_=\"a\\\"b\\\\c\\nd é\",flag=\"true\",none=\"\"} 1\n",
            await _fixture.ScrapeAsync());
    }

    [Fact]
    public async Task SameNameInTwoMeters_SharesOneHeader()
    {
        _fixture.Meter.CreateCounter<long>("jobs", null, "Jobs done.").Add(1, new KeyValuePair<string, object?>("m", "1"));
        _fixture.Meter.CreateCounter<long>("other").Add(1);
        _fixture.OtherMeter.CreateCounter<double>("jobs").Add(2.5, new KeyValuePair<string, object?>("m", "2"));

        Assert.Equal(
            """
            # HELP jobs_total Jobs done.
            # TYPE jobs_total counter
            jobs_total{m="1"} 1
            jobs_total{m="2"} 2.5
            # TYPE other_total counter
            other_total 1

            """,
            await _fixture.ScrapeAsync());
    }

    [Fact]
    public async Task OneNameOfTwoTypes_KeepsTheFirstType()
    {
        _fixture.Meter.CreateGauge<long>("size").Record(1);
        _fixture.OtherMeter.CreateHistogram<long>("size").Record(2);

        Assert.Equal("# TYPE size gauge\nsize 1\n", await _fixture.ScrapeAsync());
    }

    [Fact]
    public async Task TextLargerThanTheBuffer_IsWhole()
    {
        var counter = _fixture.Meter.CreateCounter<long>("c");
        for (var i = 0; i < 1500; i++)
        {
            counter.Add(i, new KeyValuePair<string, object?>("label", $"{new string('x', 100)}{i}"));
        }

        var lines = (await _fixture.ScrapeAsync()).TrimEnd().Split('\n');

        Assert.Equal(1501, lines.Length);
        Assert.Equal($"c_total{{label=\"{new string('x', 100)}1499\"}} 1499", lines[^1]);
    }
}
