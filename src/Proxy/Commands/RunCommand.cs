using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Proxy.Configuration;
using Proxy.Listening;

namespace Proxy.Commands;

/// <summary><c>run</c>: serves until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, instead of Urls and Kestrel of the configuration." };
        var logFormat = OptionValues.Choice<LogFormat>("--log-format", helpName: null, "How log lines are written: text or json.");
        var command = new Verb("run", "Serves.", "proxy run --config config/appsettings.json") { config, urls, logFormat };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            ConfigurationSource.OfProcess(parsed.GetValue(config) ?? []) with { Urls = parsed.GetValue(urls) },
            parsed.GetValue(logFormat),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ConfigurationSource source, LogFormat logFormat, CancellationToken cancellationToken)
    {
        var loader = new SnapshotLoader(source);
        var first = loader.Load();
        if (first.Snapshot is null)
        {
            ConfigurationReport.Write(Console.Error, first.Problems);
            return ExitCode.InvalidConfiguration;
        }

        InlineCompletions.Use();
        try
        {
            return await ServeAsync(loader, first, logFormat, cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or AggregateException or SocketException or CryptographicException)
        {
            // Further lines, such as Kestrel's on developer certificates, are advice for other programs.
            await Console.Error.WriteLineAsync($"The proxy could not start: {e.Message.Split('\n')[0].TrimEnd()}");
            return ExitCode.StartFailed;
        }
    }

    private static async Task<int> ServeAsync(SnapshotLoader loader, LoadResult first, LogFormat logFormat, CancellationToken cancellationToken)
    {
        await using var app = ProxyApplication.Build(loader, first, TimeProvider.System, logging => logging.AddProxyLog(logFormat));
        var watcher = app.Services.GetRequiredService<ConfigurationWatcher>();
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            // What administrators send to say "read your configuration"; unhandled, it would end the process.
            signal.Cancel = true;
            watcher.Reload();
        });
        await app.RunAsync(cancellationToken);
        return ExitCode.Ok;
    }
}
