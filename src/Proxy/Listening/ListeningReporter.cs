using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Proxy.Management;

namespace Proxy.Listening;

/// <summary>Says where the proxy listens, once it does: also the ports that the configuration leaves to a default or to the system.</summary>
internal sealed partial class ListeningReporter(
    IServer server, ManagementService management, IHostApplicationLifetime lifetime, ILogger<ListeningReporter> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Log.Listening(
            logger, string.Join(", ", server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses), management.Address));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(206, LogLevel.Information, "Listening on {Addresses}; probes and metrics on {Management}.")]
        public static partial void Listening(ILogger logger, string addresses, Uri management);
    }
}
