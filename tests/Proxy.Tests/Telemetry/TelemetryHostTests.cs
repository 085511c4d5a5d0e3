using Proxy.Telemetry;
using Proxy.Webhooks;

namespace Proxy.Tests.Telemetry;

public sealed class TelemetryHostTests
{
    [Fact]
    public async Task Scrape_HasExactlyTheMetricsOfTheContract()
    {
        await using var fixture = await TelemetryFixture.StartAsync();
        TelemetryFixture.OneOfEach(fixture.Metrics.Routes.Single());

        var types = (await fixture.ScrapeAsync()).Split('\n')
            .Where(line => line.StartsWith("# TYPE webhook_", StringComparison.Ordinal)).Select(line => line["# TYPE ".Length..]);

        Assert.Equal(
            [
                "webhook_buffered_bytes gauge",
                "webhook_buffered_limit_bytes gauge",
                "webhook_build_info gauge",
                "webhook_config_last_reload_success_timestamp_seconds gauge",
                "webhook_config_last_reload_successful gauge",
                "webhook_config_reloads_total counter",
                "webhook_log_suppressed_total counter",
                "webhook_max_age_seconds gauge",
                "webhook_policy_info gauge",
                "webhook_replay_checks_total counter",
                "webhook_replay_evictions_total counter",
                "webhook_request_body_size_bytes histogram",
                "webhook_requests_total counter",
                "webhook_secret_last_match_timestamp_seconds gauge",
                "webhook_secret_matches_total counter",
                "webhook_timestamp_age_seconds histogram",
                "webhook_timestamp_ahead_seconds histogram",
                "webhook_upstream_duration_seconds histogram",
                "webhook_upstream_responses_total counter",
                "webhook_upstream_retries_total counter",
                "webhook_verification_duration_seconds histogram",
            ],
            types);
    }

    [Theory]
    [InlineData("webhook_requests_total{outcome=\"verified\",provider=\"stripe\",reason=\"\",route=\"stripe\"} 1")]
    [InlineData("webhook_requests_total{outcome=\"rejected\",provider=\"stripe\",reason=\"signature_mismatch\",route=\"stripe\"} 0")]
    [InlineData("webhook_secret_matches_total{route=\"stripe\",secret=\"current\"} 1")]
    [InlineData("webhook_secret_last_match_timestamp_seconds{route=\"stripe\",secret=\"previous\"} 0")]
    [InlineData("webhook_replay_checks_total{result=\"new\",route=\"stripe\"} 1")]
    [InlineData("webhook_upstream_responses_total{code=\"2xx\",route=\"stripe\"} 1")]
    [InlineData("webhook_upstream_retries_total{route=\"stripe\"} 1")]
    [InlineData("webhook_max_age_seconds{route=\"stripe\"} 300")]
    [InlineData("webhook_policy_info{mode=\"enforce\",policy=\"stripe\",provider=\"stripe\",route=\"stripe\"} 1")]
    [InlineData("webhook_verification_duration_seconds_bucket{route=\"stripe\",le=\"1e-05\"} 0")]
    [InlineData("webhook_verification_duration_seconds_bucket{route=\"stripe\",le=\"5e-05\"} 1")]
    [InlineData("webhook_request_body_size_bytes_bucket{route=\"stripe\",le=\"1.6777216e+07\"} 1")]
    [InlineData("webhook_request_body_size_bytes_sum{route=\"stripe\"} 2014")]
    [InlineData("webhook_upstream_duration_seconds_count{route=\"stripe\"} 1")]
    [InlineData("webhook_timestamp_ahead_seconds_sum{route=\"stripe\"} 1")]
    [InlineData("webhook_config_last_reload_successful 1")]
    [InlineData("webhook_buffered_limit_bytes 268435456")]
    public async Task Series_IsWrittenLikeThis(string line)
    {
        await using var fixture = await TelemetryFixture.StartAsync();
        TelemetryFixture.OneOfEach(fixture.Metrics.Routes.Single());

        Assert.Contains($"\n{line}\n", await fixture.ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FrameworkMeters_AreExported()
    {
        await using var fixture = await TelemetryFixture.StartAsync();
        await fixture.GetAsync();

        var text = await fixture.ScrapeAsync();

        Assert.Contains("http_server_request_duration_seconds_bucket{", text, StringComparison.Ordinal);
        Assert.Contains("http_client_request_duration_seconds_bucket{", text, StringComparison.Ordinal);
        Assert.Contains("kestrel_active_connections{", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total{", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherApplicationInTheProcess_IsNotMixedIn()
    {
        await using var quiet = await TelemetryFixture.StartAsync();
        await using var busy = await TelemetryFixture.StartAsync(
            metrics => [metrics.ForRoute("github", MetricsFixture.Policy("github", PolicyMode.Enforce, "current"))]);
        TelemetryFixture.OneOfEach(busy.Metrics.Routes.Single());
        await busy.GetAsync();

        var text = await quiet.ScrapeAsync();

        Assert.DoesNotContain("github", text, StringComparison.Ordinal);
        Assert.DoesNotContain("http_server_request_duration", text, StringComparison.Ordinal);
        Assert.Contains("\nwebhook_config_reloads_total{result=\"applied\"} 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReloadWithoutARoute_EndsItsSeries()
    {
        await using var fixture = await TelemetryFixture.StartAsync();
        var removed = fixture.Metrics.Routes.Single();
        TelemetryFixture.OneOfEach(removed);
        var before = await fixture.ScrapeAsync();
        Assert.Contains("webhook_policy_info{mode=\"enforce\"", before, StringComparison.Ordinal);
        Assert.Contains("webhook_upstream_duration_seconds_count{route=\"stripe\"} 1\n", before, StringComparison.Ordinal);

        var route = fixture.Metrics.ForRoute("github", MetricsFixture.Policy("github", PolicyMode.Report));
        fixture.Metrics.ConfigurationApplied([route], MetricsFixture.Now);
        // A request that was still running.
        TelemetryFixture.OneOfEach(removed);

        var text = await fixture.ScrapeAsync();
        Assert.DoesNotContain("stripe", text, StringComparison.Ordinal);
        Assert.Contains(
            "webhook_policy_info{mode=\"report\",policy=\"github\",provider=\"github\",route=\"github\"} 1\n", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThousandRoutesReloadedUnderOtherNames_DoNotOverflow()
    {
        await using var fixture = await TelemetryFixture.StartAsync(metrics => Routes(metrics, "first"));
        foreach (var generation in new[] { "first", "second", "third" })
        {
            var routes = Routes(fixture.Metrics, generation);
            fixture.Metrics.ConfigurationApplied(routes, MetricsFixture.Now);
            foreach (var route in routes)
            {
                TelemetryFixture.OneOfEach(route);
            }

            var lines = (await fixture.ScrapeAsync()).Split('\n');

            Assert.DoesNotContain(lines, line => line.Contains("overflow", StringComparison.Ordinal));
            Assert.Equal(22_000, lines.Count(line => line.StartsWith("webhook_requests_total{", StringComparison.Ordinal)));
            Assert.Equal(
                1000, lines.Count(line => line.StartsWith("webhook_upstream_duration_seconds_count{", StringComparison.Ordinal) &&
                    line.Contains($"\"{generation}-", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Events_AllocateNothingWhileTheyAreCollected()
    {
        await using var fixture = await TelemetryFixture.StartAsync();
        var route = fixture.Metrics.Routes.Single();
        TelemetryFixture.OneOfEach(route);

        var before = GC.GetAllocatedBytesForCurrentThread();
        TelemetryFixture.OneOfEach(route);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static List<RouteMetrics> Routes(WebhookMetrics metrics, string prefix) =>
        [.. Enumerable.Range(0, 1000).Select(i =>
            metrics.ForRoute($"{prefix}-{i}", MetricsFixture.Policy("stripe", PolicyMode.Enforce, "current", "previous")))];
}
