using System.Globalization;
using Proxy.Configuration;

namespace Proxy.Systemd;

/// <summary>What a proxy that systemd has started needs besides.</summary>
internal static class SystemdServices
{
    /// <summary>The interval in microseconds in which a sign of life is wanted, and from which process.</summary>
    private const string WatchdogVariable = "WATCHDOG_USEC";
    private const string WatchdogProcessVariable = "WATCHDOG_PID";

    /// <summary>Does nothing where no service manager listens.</summary>
    public static IServiceCollection AddSystemd(this IServiceCollection services, IReadOnlyDictionary<string, string> environment)
    {
        if (NotifySocket.Open(environment) is not { } socket)
        {
            return services;
        }

        services.AddSingleton(provider => new ServiceNotifier(
            socket,
            Watchdog(environment),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ServiceNotifier>>()));
        services.AddSingleton<IReloadObserver>(static provider => provider.GetRequiredService<ServiceNotifier>());
        return services.AddHostedService(static provider => provider.GetRequiredService<ServiceNotifier>());
    }

    /// <summary>Null where none is wanted, or only from another process.</summary>
    internal static TimeSpan? Watchdog(IReadOnlyDictionary<string, string> environment) =>
        long.TryParse(environment.GetValueOrDefault(WatchdogVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
        && microseconds > 0
        && environment.GetValueOrDefault(WatchdogProcessVariable) is var process
        && (string.IsNullOrEmpty(process) || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
}
