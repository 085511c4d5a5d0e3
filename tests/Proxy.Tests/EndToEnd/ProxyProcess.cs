using System.Collections.Concurrent;
using System.Diagnostics;
using Proxy.Commands.Demo;

namespace Proxy.Tests.EndToEnd;

/// <summary>The proxy as an operating system sees it: a process that gets signals, with a real clock.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("proxy-process-");
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly string[] _options;
    private readonly string[] _launcher;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly HttpClient _client = new();
    private Process? _process;

    private ProxyProcess(string configuration, IReadOnlyDictionary<string, string> environment, string[] options, string[] launcher)
    {
        _launcher = launcher;
        _environment = environment;
        _options = options;
        File.WriteAllText(Path.Combine(_directory.FullName, "appsettings.json"), configuration);
        Address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        ManagementAddress = new Uri($"http://127.0.0.1:{FreePort.Take()}");
    }

    /// <summary>The same for every process that is started here.</summary>
    public Uri Address { get; }

    public Uri ManagementAddress { get; }

    /// <summary>Of the operating system.</summary>
    public int Id => _process!.Id;

    public string Output => string.Join('\n', _output);

    /// <summary>A proxy in front of <paramref name="consumer"/> that is ready.</summary>
    public static Task<ProxyProcess> StartAsync(Uri consumer, params (string Name, string Value)[] settings) => StartAsync(consumer, [], settings);

    /// <inheritdoc cref="StartAsync(Uri, ValueTuple{string, string}[])"/>
    /// <param name="consumer">What stands behind it.</param>
    /// <param name="options">Further ones of the verb <c>run</c>.</param>
    /// <param name="settings">Environment variables.</param>
    public static Task<ProxyProcess> StartAsync(Uri consumer, string[] options, params (string Name, string Value)[] settings) =>
        StartAsync([], consumer, options, settings);

    /// <inheritdoc cref="StartAsync(Uri, ValueTuple{string, string}[])"/>
    /// <param name="launcher">A command that becomes the command which is appended to it.</param>
    /// <param name="consumer">What stands behind it.</param>
    /// <param name="settings">Environment variables.</param>
    public static Task<ProxyProcess> StartUnderAsync(string[] launcher, Uri consumer, params (string Name, string Value)[] settings) =>
        StartAsync(launcher, consumer, [], settings);

    /// <inheritdoc cref="StartAsync(Uri, ValueTuple{string, string}[])"/>
    /// <param name="configuration">Its configuration file, in place of the shipped one.</param>
    /// <param name="consumer">What stands behind it.</param>
    /// <param name="settings">Environment variables.</param>
    public static Task<ProxyProcess> StartConfiguredAsync(string configuration, Uri consumer, params (string Name, string Value)[] settings) =>
        StartAsync([], consumer, [], settings, configuration);

    private static async Task<ProxyProcess> StartAsync(string[] launcher, Uri consumer, string[] options, (string Name, string Value)[] settings, string? configuration = null)
    {
        var proxy = new ProxyProcess(configuration ?? ProxyFixture.FourProviders, new Dictionary<string, string>(
            settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value)))
        {
            ["ReverseProxy__Clusters__consumer__Destinations__app__Address"] = consumer.ToString(),
        }, options, launcher);
        await proxy.StartAsync();
        return proxy;
    }

    /// <summary>Starts it, for the first time or again, and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        string[] command = [.. _launcher, "dotnet", Path.Combine(AppContext.BaseDirectory, "proxy.dll"), "run", "--config", "appsettings.json", .. _options];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in ProxyFixture.SecretVariables)
        {
            start.Environment[name] = ProxyFixture.Secret;
        }

        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["Urls"] = Address.ToString();
        start.Environment["Management__Url"] = _environment.ContainsKey("Management__AllowRemote")
            ? $"http://0.0.0.0:{ManagementAddress.Port}"
            : ManagementAddress.ToString();
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _ = _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Deadline.Until(
            async () =>
            {
                Assert.False(_process.HasExited, $"The proxy ended: {Output}");
                return await ReadinessAsync() == 200;
            },
            "the proxy to be ready");
    }

    /// <summary>The status of <c>/readyz</c>; 0 when nobody answers.</summary>
    public async Task<int> ReadinessAsync()
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(ManagementAddress, "/readyz"));
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    public async Task<Scrape> ScrapeAsync() => Scrape.Parse(await _client.GetStringAsync(new Uri(ManagementAddress, "/metrics")));

    /// <summary>A webhook of the provider, signed now.</summary>
    public static byte[] Signed(string provider, ReadOnlySpan<byte> body) => RawRequest.Post(
        $"/webhooks/{provider}", body, ProviderSignature.Of(provider, ProxyFixture.Secret, body, TimeProvider.System.GetUtcNow()));

    public Task<RawResponse> SendAsync(ReadOnlyMemory<byte> request) => RawHttpClient.SendAsync(Address, request);

    /// <summary>Asks it to stop, as an init system does.</summary>
    public void Terminate() => Signal("TERM");

    /// <summary>Asks it to read its configuration, as an administrator does.</summary>
    public void HangUp() => Signal("HUP");

    /// <summary>Ends it on the spot.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await WaitForExitAsync();
    }

    /// <summary>Its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await Deadline.Within(_process!.WaitForExitAsync(), "the proxy to end");
        return _process.ExitCode;
    }

    /// <summary>Edits its configuration file.</summary>
    public void Rewrite(string configuration)
    {
        // As editors do: on a busy machine a writer may stand still in the middle, for longer than the proxy waits.
        var next = Path.Combine(_directory.FullName, "next");
        File.WriteAllText(next, configuration);
        File.Move(next, Path.Combine(_directory.FullName, "appsettings.json"), overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _client.Dispose();
        _directory.Delete(recursive: true);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process!.Id}"]);
        kill.WaitForExit();
    }
}
