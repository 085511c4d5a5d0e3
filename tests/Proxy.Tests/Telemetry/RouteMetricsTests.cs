using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Tests.Telemetry;

public sealed class RouteMetricsTests : IDisposable
{
    private readonly MetricsFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void AppliedRoute_HasEveryLegalCounterAtZero()
    {
        _fixture.Apply("r", MetricsFixture.Policy(secrets: "current"));

        var values = _fixture.Collect();

        string[] expected =
        [
            "verified,reason=", "handshake,reason=",
            "rejected,reason=target_malformed", "rejected,reason=request_malformed", "rejected,reason=source_not_allowed",
            "rejected,reason=handshake_failed", "rejected,reason=signature_missing", "rejected,reason=signature_malformed",
            "rejected,reason=signature_mismatch", "rejected,reason=timestamp_missing", "rejected,reason=timestamp_malformed",
            "rejected,reason=timestamp_too_old", "rejected,reason=timestamp_in_future",
            "refused,reason=body_too_large", "refused,reason=body_timeout", "refused,reason=body_incomplete",
            "refused,reason=client_disconnected", "refused,reason=overloaded", "refused,reason=replay_store_unavailable",
            "duplicate,reason=duplicate", "duplicate,reason=duplicate_in_flight", "duplicate,reason=duplicate_altered",
        ];
        Assert.Equal(
            expected.Select(end => $"webhook.requests{{route=r,provider=stripe,outcome={end}}}").Order(),
            values.Keys.Where(series => series.StartsWith("webhook.requests{", StringComparison.Ordinal)).Order());
        Assert.Equal(0, values["webhook.secret.matches{route=r,secret=current}"]);
        Assert.Equal(0, values["webhook.secret.last_match.timestamp{route=r,secret=current}"]);
        Assert.All(
            ["new", "duplicate", "in_flight", "altered", "unavailable"],
            result => Assert.Equal(0, values[$"webhook.replay.checks{{route=r,result={result}}}"]));
        Assert.All(
            ["2xx", "3xx", "4xx", "5xx", "error"],
            code => Assert.Equal(0, values[$"webhook.upstream.responses{{route=r,code={code}}}"]));
        Assert.Equal(0, values["webhook.upstream.retries{route=r}"]);
        Assert.Equal(300, values["webhook.max_age{route=r}"]);
        Assert.Equal(1, values["webhook.policy.info{route=r,policy=stripe,provider=stripe,mode=enforce}"]);
    }

    [Fact]
    public void ReportMode_CountsWhatItWouldHaveRejectedAsReported()
    {
        Assert.True(RequestSeries.Exists(PolicyMode.Report, new(RequestOutcome.Reported, Reason.SignatureMismatch)));
        Assert.False(RequestSeries.Exists(PolicyMode.Report, new(RequestOutcome.Rejected, Reason.SignatureMismatch)));
        Assert.True(RequestSeries.Exists(PolicyMode.Report, new(RequestOutcome.Rejected, Reason.TargetMalformed)));
    }

    [Fact]
    public void PolicyNone_CountsUnverified()
    {
        var route = _fixture.Apply("open", MetricsFixture.Policy("None", PolicyMode.None));

        route.RequestEnded(RequestOutcome.Unverified, Reason.None);

        var values = _fixture.Collect();
        Assert.Equal(1, values["webhook.requests{route=open,provider=none,outcome=unverified,reason=}"]);
        Assert.DoesNotContain(values.Keys, series => series.Contains("outcome=verified", StringComparison.Ordinal));
        Assert.DoesNotContain(values.Keys, series => series.StartsWith("webhook.max_age", StringComparison.Ordinal));
    }

    [Fact]
    public void Events_AreCountedWhereTheyBelong()
    {
        var route = _fixture.Apply("r", MetricsFixture.Policy(secrets: ["current", "previous"]));

        route.RequestEnded(RequestOutcome.Rejected, Reason.SignatureMismatch);
        route.RequestEnded(RequestOutcome.Rejected, Reason.SignatureMismatch);
        route.SecretMatched(1, MetricsFixture.Now);
        route.ReplayChecked(ReplayCheck.Altered);
        route.UpstreamResponded(503);
        route.UpstreamFailed();
        route.UpstreamRetried();

        var values = _fixture.Collect();
        Assert.Equal(2, values["webhook.requests{route=r,provider=stripe,outcome=rejected,reason=signature_mismatch}"]);
        Assert.Equal(2, route.Requests(RequestOutcome.Rejected, Reason.SignatureMismatch));
        Assert.Equal(0, values["webhook.secret.matches{route=r,secret=current}"]);
        Assert.Equal(1, values["webhook.secret.matches{route=r,secret=previous}"]);
        Assert.Equal(
            MetricsFixture.Now.ToUnixTimeSeconds(), values["webhook.secret.last_match.timestamp{route=r,secret=previous}"]);
        Assert.Equal(1, values["webhook.replay.checks{route=r,result=altered}"]);
        Assert.Equal(1, values["webhook.upstream.responses{route=r,code=5xx}"]);
        Assert.Equal(1, values["webhook.upstream.responses{route=r,code=error}"]);
        Assert.Equal(1, values["webhook.upstream.retries{route=r}"]);
    }

    [Fact]
    public void Durations_AreRecordedInSeconds()
    {
        var route = _fixture.Apply("r", MetricsFixture.Policy());

        route.VerificationTook(TimeSpan.FromMicroseconds(40));
        route.UpstreamTook(TimeSpan.FromMilliseconds(250));
        route.BodyReceived(2014);

        var values = _fixture.Collect();
        Assert.Equal(0.00004, values["webhook.verification.duration{route=r}"], 9);
        Assert.Equal(0.25, values["webhook.upstream.duration{route=r}"]);
        Assert.Equal(2014, values["webhook.request.body.size{route=r}"]);
    }

    [Fact]
    public void SignedTimeAheadOfTheClock_IsRecordedApartAndPositive()
    {
        var route = _fixture.Apply("r", MetricsFixture.Policy());

        route.SignedTime(TimeSpan.FromSeconds(-3));
        Assert.DoesNotContain("webhook.timestamp.age{route=r}", _fixture.Collect().Keys);
        Assert.Equal(3, _fixture.Collect()["webhook.timestamp.ahead{route=r}"]);

        route.SignedTime(TimeSpan.Zero);
        Assert.Equal(0, _fixture.Collect()["webhook.timestamp.age{route=r}"]);
    }

    [Fact]
    public void UnexpectedPair_IsCountedAllTheSame()
    {
        var route = _fixture.Apply("r", MetricsFixture.Policy());

        route.RequestEnded(RequestOutcome.Unverified, Reason.Overloaded);

        Assert.Equal(1, _fixture.Collect()["webhook.requests{route=r,provider=stripe,outcome=unverified,reason=overloaded}"]);
    }

    [Fact]
    public void Events_AllocateNothing()
    {
        // Without the fixture's listener, whose callbacks build strings.
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new WebhookMetrics(services.GetRequiredService<IMeterFactory>(), new());
        var route = metrics.ForRoute("r", MetricsFixture.Policy(secrets: "current"));
        OneOfEach(route);

        var before = GC.GetAllocatedBytesForCurrentThread();
        OneOfEach(route);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void OneOfEach(RouteMetrics route)
    {
        route.RequestEnded(RequestOutcome.Verified, Reason.None);
        route.SecretMatched(0, MetricsFixture.Now);
        route.ReplayChecked(ReplayCheck.New);
        route.UpstreamResponded(200);
        route.UpstreamFailed();
        route.UpstreamRetried();
        route.VerificationTook(TimeSpan.FromMicroseconds(40));
        route.UpstreamTook(TimeSpan.FromMilliseconds(2));
        route.BodyReceived(2014);
        route.SignedTime(TimeSpan.FromSeconds(1));
    }
}
