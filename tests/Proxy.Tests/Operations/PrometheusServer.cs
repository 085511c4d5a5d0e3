using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Proxy.Tests.Operations;

/// <summary>
/// A real Prometheus (Debian package "prometheus") with the shipped configuration, but for its targets and intervals: it
/// scrapes five times a second, so that a window of seconds holds as many samples as one of minutes does otherwise.
/// </summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    private const string ShippedTarget = "\"127.0.0.1:8081\"";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("prometheus-");
    private readonly HttpClient _client = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private PrometheusServer(IEnumerable<Uri> targets)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "config", "prometheus");
        File.Copy(Path.Combine(shipped, "alerts.yml"), Path.Combine(_directory.FullName, "alerts.yml"));
        var configuration = File.ReadAllText(Path.Combine(shipped, "prometheus.yml"));
        Assert.Contains(ShippedTarget, configuration, StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(_directory.FullName, "prometheus.yml"),
            configuration
                .Replace("scrape_interval: 15s", "scrape_interval: 200ms\n  scrape_timeout: 200ms", StringComparison.Ordinal)
                .Replace(ShippedTarget, string.Join(", ", targets.Select(static target => $"\"{target.Authority}\"")), StringComparison.Ordinal));
        _process = Process.Start(new ProcessStartInfo(
            "prometheus",
            [
                $"--config.file={_directory.FullName}/prometheus.yml", $"--storage.tsdb.path={_directory.FullName}/data",
                "--web.listen-address=127.0.0.1:0",
            ])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) =>
        {
            if (ListeningOn().Match(line.Data ?? "") is { Success: true } match)
            {
                _address.TrySetResult(new Uri($"http://{match.Groups[1].Value}"));
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts it and waits until it has scraped every proxy.</summary>
    /// <param name="proxies">How many of the targets are there.</param>
    /// <param name="targets">Management listeners.</param>
    public static async Task<PrometheusServer> StartAsync(int proxies, params IEnumerable<Uri> targets)
    {
        var server = new PrometheusServer(targets);
        server._client.BaseAddress = await Deadline.Within(server._address.Task, "Prometheus listens");
        await Deadline.Until(server.IsReadyAsync, "Prometheus to be ready");
        await Deadline.Until(async () => (await server.QueryAsync("webhook_build_info")).Count == proxies, "the first scrapes");
        return server;
    }

    /// <summary>The numbers that an expression has now, NaN left out.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string expression)
    {
        var data = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}");
        return [.. data.GetProperty("result").EnumerateArray()
            .Select(static series => series.GetProperty("value")[1].GetString()!)
            .Where(static value => value != "NaN")];
    }

    /// <summary>The alert rules as Prometheus has read them, by name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AlertsAsync()
    {
        var data = await GetAsync("/api/v1/rules");
        return data.GetProperty("groups").EnumerateArray()
            .SelectMany(static group => group.GetProperty("rules").EnumerateArray())
            .ToDictionary(static rule => rule.GetProperty("name").GetString()!, static rule => rule.GetProperty("query").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>It listens before it has opened its data, and answers 503 until then.</summary>
    private async Task<bool> IsReadyAsync()
    {
        using var response = await _client.GetAsync(new Uri("/-/ready", UriKind.Relative));
        return response.IsSuccessStatusCode;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.True(response.IsSuccessStatusCode, $"{path}: {answer.RootElement}");
        return answer.RootElement.GetProperty("data").Clone();
    }

    [GeneratedRegex("""msg="Listening on" address=(\S+)""")]
    private static partial Regex ListeningOn();
}
