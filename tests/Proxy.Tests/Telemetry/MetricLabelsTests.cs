using System.Text.RegularExpressions;
using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Tests.Telemetry;

public sealed partial class MetricLabelsTests
{
    [Fact]
    public void EveryOutcome_HasALabelOfItsOwn() => AssertDistinct(Enum.GetValues<RequestOutcome>().Select(MetricLabels.Of));

    [Fact]
    public void EveryReason_HasALabelOfItsOwn()
    {
        Assert.Equal("", MetricLabels.Of(Reason.None));
        AssertDistinct(Enum.GetValues<Reason>().Where(reason => reason != Reason.None).Select(MetricLabels.Of));
    }

    [Fact]
    public void EveryReplayCheck_HasALabelOfItsOwn() => AssertDistinct(Enum.GetValues<ReplayCheck>().Select(MetricLabels.Of));

    [Fact]
    public void EveryMode_HasALabelOfItsOwn() => AssertDistinct(Enum.GetValues<PolicyMode>().Select(MetricLabels.Of));

    [Fact]
    public void UnknownMember_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricLabels.Of((RequestOutcome)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricLabels.Of((Reason)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricLabels.Of((ReplayCheck)99));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricLabels.Of((PolicyMode)99));
    }

    [Theory]
    [InlineData(200, "2xx")]
    [InlineData(299, "2xx")]
    [InlineData(304, "3xx")]
    [InlineData(404, "4xx")]
    [InlineData(599, "5xx")]
    [InlineData(101, "error")]
    [InlineData(600, "error")]
    [InlineData(-1, "error")]
    public void StatusCode_FallsIntoItsClass(int statusCode, string expected) =>
        Assert.Equal(expected, MetricLabels.UpstreamCodes[MetricLabels.UpstreamCodeIndex(statusCode)]);

    private static void AssertDistinct(IEnumerable<string> labels)
    {
        var all = labels.ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(all, label => Assert.Matches(SnakeCase(), label));
    }

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex SnakeCase();
}
