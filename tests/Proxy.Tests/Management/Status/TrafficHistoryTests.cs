using Proxy.Management.Status;
using Proxy.Telemetry;
using Proxy.Tests.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Tests.Management.Status;

public sealed class TrafficHistoryTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MetricsFixture _metrics = new();
    private readonly TrafficHistory _history;

    public TrafficHistoryTests() => _history = new TrafficHistory(_metrics.Metrics, _clock);

    [Fact]
    public void RequestsOfSeveralMinutes_StandInTheirOwn()
    {
        var route = _metrics.Apply("r", MetricsFixture.Policy());
        Verify(route, 3);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Verify(route, 1);
        route.RequestEnded(RequestOutcome.Rejected, Reason.SignatureMismatch);
        route.RequestEnded(RequestOutcome.Refused, Reason.BodyTooLarge);
        route.RequestEnded(RequestOutcome.Duplicate, Reason.Duplicate);

        var minutes = _history.Read(route);

        Assert.Equal(RouteHistory.Minutes, minutes.Count);
        Assert.Equal([3, 0, 1], minutes.TakeLast(3).Select(minute => minute.Verified));
        Assert.Equal([0, 0, 2], minutes.TakeLast(3).Select(minute => minute.Refused));
    }

    [Fact]
    public void HalfAnHourLater_IsForgotten()
    {
        var route = _metrics.Apply("r", MetricsFixture.Policy());
        Verify(route, 3);

        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(3, Minute.Sum(_history.Read(route)).Verified);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, Minute.Sum(_history.Read(route)).Verified);
    }

    [Fact]
    public void ChangedPolicy_KeepsTheHistory()
    {
        Verify(_metrics.Apply("r", MetricsFixture.Policy()), 2);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var route = _metrics.Apply("r", MetricsFixture.Policy(mode: PolicyMode.Report));

        Assert.Equal(2, Minute.Sum(_history.Read(route)).Verified);
    }

    [Fact]
    public void OtherProvider_StartsOver()
    {
        Verify(_metrics.Apply("r", MetricsFixture.Policy("stripe")), 2);
        _clock.Advance(TimeSpan.FromMinutes(1));

        var route = _metrics.Apply("r", MetricsFixture.Policy("github"));

        Assert.Equal(0, Minute.Sum(_history.Read(route)).Verified);
    }

    [Fact]
    public void SignedTimes_ShowTheFurthestOfTheMinute()
    {
        var route = _metrics.Apply("r", MetricsFixture.Policy());
        Assert.Null(Minute.Sum(_history.Read(route)).Age);
        route.SignedTime(TimeSpan.FromSeconds(20));
        route.SignedTime(TimeSpan.FromSeconds(5));
        route.SignedTime(TimeSpan.FromSeconds(-2));
        _clock.Advance(TimeSpan.FromMinutes(1));
        route.SignedTime(TimeSpan.FromSeconds(7));

        var minutes = _history.Read(route);

        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(2)), (minutes[^2].Age, minutes[^2].Ahead));
        Assert.Equal((TimeSpan.FromSeconds(7), null), (minutes[^1].Age, minutes[^1].Ahead));
    }

    public void Dispose()
    {
        _history.Dispose();
        _metrics.Dispose();
    }

    private static void Verify(RouteMetrics route, int count)
    {
        for (var i = 0; i < count; i++)
        {
            route.RequestEnded(RequestOutcome.Verified, Reason.None);
        }
    }
}
