using System.Text;
using System.Text.RegularExpressions;
using Proxy.Telemetry;
using Proxy.Tests.EndToEnd;
using Proxy.Webhooks;

namespace Proxy.Tests.Operations;

/// <summary>The dashboard and the alerts against a real Prometheus that scrapes real proxies under real traffic.</summary>
public sealed partial class PrometheusTests
{
    /// <summary>Its replay store is not there, and one half-sent body nearly fills its budget.</summary>
    private const string Troubled = """
        {
          "ReverseProxy": {
            "Routes": { "tawk": { "ClusterId": "consumer", "Match": { "Path": "/webhooks/tawk" } } },
            "Clusters": { "consumer": { "Destinations": { } } }
          },
          "Webhooks": {
            "Policies": { "tawk": { "Provider": "tawk", "Secrets": { "current": "env:CURRENT_SECRET" }, "Replay": { "Mode": "Enforce" } } },
            "Replay": { "Store": "PostgreSQL", "ConnectionString": "Host=127.0.0.1;Port=1;Timeout=1;Username=nobody" },
            "Limits": { "MaxBufferedBytes": 1048576, "MaxBufferedShare": 1 },
            "Drain": "00:00:02"
          }
        }
        """;

    private const string SilenceAlert = "WebhookNothingVerified";

    [Fact]
    public async Task EveryQueryOfDashboardAndAlerts_HasData()
    {
        // Prometheus compares times that the proxy says with its own.
        await using var proxy = await OperationsTraffic.StartAsync(clock: new ManualTimeProvider(TimeProvider.System.GetUtcNow()));
        await using var troubled = await OperationsTraffic.StartAsync(Troubled);
        using var slow = await troubled.ConnectAsync();
        await slow.SendAsync(RawRequest.Post("/webhooks/tawk", new byte[760_000], ("X-Tawk-Signature", new string('0', 40))).AsMemory()[..^1]);
        await using var prometheus = await PrometheusServer.StartAsync(proxies: 2, proxy.ManagementAddress, troubled.ManagementAddress, new Uri("http://127.0.0.1:1"));
        var alerts = await prometheus.AlertsAsync();
        var silence = ShortenTimes(alerts[SilenceAlert]);
        var open = alerts.Where(static alert => alert.Key != SilenceAlert).Concat(Dashboard.Queries())
            .ToDictionary(static query => query.Key, static query => ShortenTimes(query.Value));
        await proxy.ChangeConfigurationAsync();
        await Deadline.Until(
            async () => await AreAnsweredAsync(prometheus, open) || !open.Keys.Any(static name => name.StartsWith("annotation", StringComparison.Ordinal)),
            "the annotation of a changed configuration");
        await proxy.BreakConfigurationAsync();

        await Deadline.Until(
            async () =>
            {
                await SendAsync(proxy);
                await troubled.SendGenuineAsync("tawk");
                return await AreAnsweredAsync(prometheus, open);
            },
            () => $"data for {string.Join("; ", open.Select(static query => $"{query.Key}: {query.Value}"))}");

        // Nothing more is sent.
        await Deadline.Until(async () => (await prometheus.QueryAsync(silence)).Count > 0, $"data for {SilenceAlert}: {silence}");
    }

    [Fact]
    public async Task OneOfEach_IsOneOfEachOutcomeAndReplayCheck()
    {
        await using var proxy = await OperationsTraffic.StartAsync();

        await proxy.SendOneOfEachAsync();

        var scrape = await proxy.ScrapeAsync();
        Assert.All(
            Enum.GetValues<RequestOutcome>().Select(MetricLabels.Of),
            outcome => Assert.True(scrape.Sum("webhook_requests_total", ("outcome", outcome)) > 0, outcome));
        Assert.All(
            new[] { Reason.Duplicate, Reason.DuplicateInFlight, Reason.DuplicateAltered }.Select(MetricLabels.Of),
            reason => Assert.Equal(1, scrape.Sum("webhook_requests_total", ("route", "smarterbot"), ("reason", reason))));
    }

    [Fact]
    public void EveryAlert_HasAParagraphInTheRunbook()
    {
        var rules = Read("config/prometheus/alerts.yml");
        var headings = Heading().Matches(Read("docs/operations.md")).Select(static heading => heading.Groups[1].Value);
        var alerts = AlertName().Matches(rules).Select(static alert => alert.Groups[1].Value).ToList();

        Assert.Equal(alerts, headings);
        Assert.All(alerts, alert => Assert.Contains(
            $"runbook: docs/operations.md#{alert.ToLowerInvariant()}\n", rules, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AlertCases_ComeOutAsTheyShould()
    {
        string[] cases = ["config/prometheus/alerts.test.yml", "config/prometheus/alerts.days.test.yml"];
        var (exitCode, output) = await Tool.RunAsync("promtool", ["test", "rules", .. cases.Select(static file => Path.Combine(AppContext.BaseDirectory, file))]);

        Assert.True(exitCode == 0, output);
        Assert.All(
            AlertName().Matches(Read("config/prometheus/alerts.yml")),
            alert => Assert.Contains($"alertname: {alert.Groups[1].Value}\n", string.Concat(cases.Select(Read)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ShippedConfiguration_IsOneForPrometheus()
    {
        var (exitCode, output) = await Tool.RunAsync("promtool", "check", "config", Path.Combine(AppContext.BaseDirectory, "config/prometheus/prometheus.yml"));

        Assert.True(exitCode == 0, output);
    }

    /// <summary>Every window and offset becomes four seconds: 20 scrapes here, as five minutes are at the shipped interval.</summary>
    private static string ShortenTimes(string query) => Duration().Replace(query, "4s");

    private static async Task SendAsync(ProxyFixture proxy)
    {
        await proxy.SendOneOfEachAsync();
        for (var i = 0; i < 12; i++)
        {
            await proxy.SendForgedAsync("chatbase");
            await proxy.SendGenuineAsync("smarterbot", TimeSpan.FromSeconds(290));
        }
    }

    private static async Task<bool> AreAnsweredAsync(PrometheusServer prometheus, Dictionary<string, string> open)
    {
        foreach (var (name, query) in open.ToList())
        {
            if ((await prometheus.QueryAsync(query)).Count > 0)
            {
                open.Remove(name);
            }
        }

        return open.Count == 0;
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, path), Encoding.UTF8);

    [GeneratedRegex("""(?<=\[|offset )\d+[smhdwy]+""")]
    private static partial Regex Duration();

    [GeneratedRegex("""- alert: (\w+)""")]
    private static partial Regex AlertName();

    [GeneratedRegex("""^### (\w+)$""", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
