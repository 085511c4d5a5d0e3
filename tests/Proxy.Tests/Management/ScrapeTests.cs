using System.Diagnostics;
using Proxy.Management;
using Proxy.Tests.Telemetry;

namespace Proxy.Tests.Management;

public sealed class ScrapeTests
{
    [Fact]
    public async Task Scrape_IsTextFormat004OfDeclaredLength()
    {
        await using var telemetry = await TelemetryFixture.StartAsync();
        await using var fixture = await ManagementFixture.StartAsync(exporter: telemetry.Host.Prometheus);

        using var response = await fixture.SendAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Scrape_DoesNotMeasureItself()
    {
        await using var telemetry = await TelemetryFixture.StartAsync();
        await using var fixture = await ManagementFixture.StartAsync(exporter: telemetry.Host.Prometheus);

        _ = await fixture.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var text = await fixture.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.DoesNotContain("http_server_request_duration_seconds", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_IsNoTraceOfTheProxy()
    {
        var spans = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ManagementHost.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ => Interlocked.Increment(ref spans),
        };
        ActivitySource.AddActivityListener(listener);
        await using var fixture = await ManagementFixture.StartAsync();

        _ = await fixture.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        await Deadline.Until(() => Volatile.Read(in spans) > 0, "the span has the listener's own source");
    }

    [Fact]
    public async Task Promtool_FindsNothing()
    {
        await using var telemetry = await TelemetryFixture.StartAsync();
        TelemetryFixture.OneOfEach(telemetry.Metrics.Routes.Single());
        await telemetry.GetAsync();
        await using var fixture = await ManagementFixture.StartAsync(exporter: telemetry.Host.Prometheus);

        var text = await fixture.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        var (exitCode, complaints) = await PromtoolAsync(text);
        Assert.Empty(complaints);
        Assert.Equal(0, exitCode);
    }

    /// <summary>Runs Prometheus' own parser and linter, from the Debian package "prometheus".</summary>
    private static async Task<(int ExitCode, string[] Complaints)> PromtoolAsync(string text)
    {
        using var process = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        var complaints = await Deadline.Within(process.StandardError.ReadToEndAsync(), "promtool ends");
        await Deadline.Within(process.WaitForExitAsync(), "promtool exits");
        return (process.ExitCode, complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
