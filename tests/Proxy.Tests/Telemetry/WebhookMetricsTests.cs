using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Tests.Telemetry;

public sealed class WebhookMetricsTests : IDisposable
{
    private readonly MetricsFixture _fixture = new(
        new() { BufferedBytes = () => 17, BufferedLimitBytes = () => 100, ReplayEvictions = () => 3 });

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Reload_KeepsCountsOfARouteWhosePolicyChanged()
    {
        var before = _fixture.Apply("r", MetricsFixture.Policy(secrets: ["current"]));
        before.RequestEnded(RequestOutcome.Verified, Reason.None);
        before.SecretMatched(0, MetricsFixture.Now);

        var after = _fixture.Apply("r", MetricsFixture.Policy(secrets: ["next", "current"]));
        after.RequestEnded(RequestOutcome.Verified, Reason.None);
        before.RequestEnded(RequestOutcome.Verified, Reason.None);

        Assert.NotSame(before, after);
        var values = _fixture.Collect();
        Assert.Equal(3, values["webhook.requests{route=r,provider=stripe,outcome=verified,reason=}"]);
        Assert.Equal(1, values["webhook.secret.matches{route=r,secret=current}"]);
        Assert.Equal(0, values["webhook.secret.matches{route=r,secret=next}"]);
    }

    [Fact]
    public void UnchangedPolicy_KeepsItsRouteMetrics()
    {
        var policy = MetricsFixture.Policy();

        Assert.Same(_fixture.Apply("r", policy), _fixture.Metrics.ForRoute("r", policy));
    }

    [Fact]
    public void RemovedRoute_LeavesNoSeries()
    {
        _fixture.Apply("old", MetricsFixture.Policy());
        _fixture.Apply("new", MetricsFixture.Policy());

        Assert.DoesNotContain(_fixture.Collect().Keys, series => series.Contains("route=old", StringComparison.Ordinal));
    }

    [Fact]
    public void RejectedConfiguration_LeavesNoTrace()
    {
        _fixture.Apply("r", MetricsFixture.Policy("stripe"));

        _ = _fixture.Metrics.ForRoute("r", MetricsFixture.Policy("github"));
        _ = _fixture.Metrics.ForRoute("added", MetricsFixture.Policy("github"));
        _fixture.Metrics.ReloadRejected();

        var values = _fixture.Collect();
        Assert.DoesNotContain(values.Keys, series => series.Contains("github", StringComparison.Ordinal));
        Assert.Equal(1, values["webhook.config.reloads{result=rejected}"]);
        Assert.Equal(0, values["webhook.config.last_reload.successful{}"]);
    }

    [Fact]
    public void FirstConfiguration_IsASuccessButNoReload()
    {
        _fixture.Apply("r", MetricsFixture.Policy());

        var values = _fixture.Collect();
        Assert.Equal(0, values["webhook.config.reloads{result=applied}"]);
        Assert.Equal(0, values["webhook.config.reloads{result=rejected}"]);
        Assert.Equal(1, values["webhook.config.last_reload.successful{}"]);
        Assert.Equal(MetricsFixture.Now.ToUnixTimeSeconds(), values["webhook.config.last_reload.success.timestamp{}"]);

        _fixture.Apply("r", MetricsFixture.Policy());
        Assert.Equal(1, _fixture.Collect()["webhook.config.reloads{result=applied}"]);
    }

    [Fact]
    public void Sources_AreReadAtCollection()
    {
        _fixture.Metrics.LogSuppressed();

        var values = _fixture.Collect();
        Assert.Equal(17, values["webhook.buffered{}"]);
        Assert.Equal(100, values["webhook.buffered.limit{}"]);
        Assert.Equal(3, values["webhook.replay.evictions{}"]);
        Assert.Equal(1, values["webhook.log.suppressed{}"]);
    }

    [Theory]
    [InlineData("1.2.3+abcdef", "1.2.3", "abcdef")]
    [InlineData("1.2.3", "1.2.3", "unknown")]
    [InlineData("1.2.3+", "1.2.3", "unknown")]
    [InlineData("", "unknown", "unknown")]
    public void InformationalVersion_SplitsIntoVersionAndRevision(string informational, string version, string revision) =>
        Assert.Equal(new BuildInfo(version, revision), BuildInfo.Parse(informational));
}
