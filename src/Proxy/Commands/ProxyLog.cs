using Microsoft.Extensions.Logging.Console;
using Proxy.Telemetry;

namespace Proxy.Commands;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    Text = 0,
    Json,
}

/// <summary>The log of <c>run</c>: the proxy's own lines from Information, the framework's from Warning, one line each.</summary>
internal static class ProxyLog
{
    private const string TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    public static void AddProxyLog(this ILoggingBuilder logging, LogFormat format)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // Logs why the start failed, with its stack trace; RunCommand says so in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Yarp", LogLevel.Warning);
        // Warns, with a stack trace, of every client that goes away: anybody could fill the log.
        logging.AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Error);
        // Says what MemoryKeys decided: that keys are not encrypted on a disk they never reach.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // By default a log line waits for whoever reads the output. A reader that hangs would then hang every webhook.
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(static console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, TimestampFormat.TrimEnd()));
        }
        else
        {
            logging.AddSimpleConsole(static console =>
                (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, TimestampFormat));
        }

        ThinOut(logging.Services);
    }

    /// <summary>Puts <see cref="ThinnedLog"/> before the console.</summary>
    private static void ThinOut(IServiceCollection services)
    {
        services.Remove(services.Single(static service => service.ImplementationType == typeof(ConsoleLoggerProvider)));
        services.AddSingleton<ILoggerProvider>(static provider =>
        {
            // Metrics write lines too: they are asked for once there is something to count.
            var metrics = new Lazy<WebhookMetrics>(provider.GetRequiredService<WebhookMetrics>);
            return new ThinnedLog(
                ActivatorUtilities.CreateInstance<ConsoleLoggerProvider>(provider),
                provider.GetRequiredService<TimeProvider>(),
                () => metrics.Value.LogSuppressed());
        });
    }
}
