using System.Collections.Concurrent;
using System.Diagnostics;
using Proxy.Tests.Documents;

namespace Proxy.Tests.Fleet;

/// <summary>
/// A real HAProxy (Debian package "haproxy") with the shipped configuration, but for addresses and the interval of its checks, which
/// is a quarter of a second; and, where a test wants it so, without a second try.
/// </summary>
internal sealed class HaproxyServer : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("haproxy-");
    private readonly HttpClient _client = new();
    private readonly Uri _statistics = new($"http://127.0.0.1:{FreePort.Take()}/");
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    private HaproxyServer(IReadOnlyList<(Uri Address, Uri Management)> proxies, bool triesAgain)
    {
        var lines = Repository.Read("config/haproxy/haproxy.cfg").Split('\n').Select(line => line.Trim() switch
        {
            "bind :80" => $"    bind {Address.Authority}",
            "default-server check inter 1s fall 2 rise 1" => "    default-server check inter 250ms fall 2 rise 1",
            ['s', 'e', 'r', 'v', 'e', 'r', ' ', .. var server] => Server(int.Parse(server["proxy".Length..].Split(' ')[0]), proxies),
            ['r', 'e', 't', 'r', 'i', 'e', 's', ' ', ..] when !triesAgain => "    retries 0",
            "option redispatch 1" when !triesAgain => "",
            _ => line,
        });
        var statistics = $"""
            frontend statistics
                bind {_statistics.Authority}
                stats enable
                stats uri /

            """;
        var file = Path.Combine(_directory.FullName, "haproxy.cfg");
        File.WriteAllText(file, string.Join('\n', [.. lines, statistics]));
        _process = Process.Start(new ProcessStartInfo("haproxy", ["-db", "-f", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Where providers call.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Take()}");

    /// <summary>Starts it and waits until it has found every proxy ready.</summary>
    /// <param name="proxies">As many as the shipped configuration has, or fewer.</param>
    /// <param name="triesAgain">False to fail a webhook whose proxy takes no connection, in place of trying another one.</param>
    public static async Task<HaproxyServer> StartAsync(IReadOnlyList<(Uri Address, Uri Management)> proxies, bool triesAgain = true)
    {
        var server = new HaproxyServer(proxies, triesAgain);
        await server.WaitForAsync(proxies.Count);
        return server;
    }

    /// <summary>Waits until this many proxies are up in its eyes.</summary>
    public Task WaitForAsync(int up) => Deadline.Until(
        async () => await CountAsync() == up, () => $"{up} proxies up for HAProxy, which said: {string.Join('\n', _said)}");

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string Server(int number, IReadOnlyList<(Uri Address, Uri Management)> proxies) => number > proxies.Count
        ? ""
        : $"    server proxy{number} {proxies[number - 1].Address.Authority} port {proxies[number - 1].Management.Port}";

    private async Task<int> CountAsync()
    {
        try
        {
            var table = await _client.GetStringAsync(new Uri(_statistics, "/;csv"));
            return table.Split('\n').Count(static line => line.StartsWith("proxies,proxy", StringComparison.Ordinal) && line.Contains(",UP,", StringComparison.Ordinal));
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
