namespace Proxy.Tests.EndToEnd;

public sealed class ScrapeTests
{
    private readonly Scrape _scrape = Scrape.Parse(
        """
        # HELP requests_total Requests.
        # TYPE requests_total counter
        requests_total{route="a",outcome="verified"} 3
        requests_total{route="a",outcome="rejected"} 2
        requests_total{route="b \"x\", {y} \\n",outcome="verified"} 1e+06
        up 1 1700000000000
        latency_bucket{le="+Inf"} +Inf

        """);

    [Fact]
    public void SomeLabelsAsked_SumsEverySeriesThatCarriesThem()
    {
        Assert.Equal(5, _scrape.Sum("requests_total", ("route", "a")));
        Assert.Equal(2, _scrape.Sum("requests_total", ("route", "a"), ("outcome", "rejected")));
        Assert.Equal(0, _scrape.Sum("requests_total", ("route", "c")));
        Assert.Equal(2, _scrape.Count("requests_total", ("outcome", "verified")));
    }

    [Fact]
    public void EscapesTimestampsAndInfinity_AreRead()
    {
        Assert.Equal(1e6, _scrape.Sum("requests_total", ("route", "b \"x\", {y} \\n")));
        Assert.Equal(1, _scrape.Sum("up"));
        Assert.Equal(double.PositiveInfinity, _scrape.Sum("latency_bucket", ("le", "+Inf")));
    }
}
