using Proxy.Configuration;
using Proxy.Webhooks.Replays;
using WebhookVerification.Replay;

namespace Proxy.Replay;

/// <summary>Registers the replay stores that the configuration asks for.</summary>
internal static class ReplayServices
{
    /// <summary>Adds <see cref="ReplayStores"/>, and what keeps a database up. To be called before the server is added, so that it outlives it.</summary>
    public static IServiceCollection AddReplayStores(this IServiceCollection services, ReplaySettings settings)
    {
        services.AddSingleton<CautiousClock>();
        services.AddSingleton(new MemoryReplayStore(settings.Capacity));
        if (settings is not { Store: ReplayStoreKind.PostgreSQL, ConnectionString: { } connection })
        {
            return services.AddSingleton(static provider =>
            {
                var memory = provider.GetRequiredService<MemoryReplayStore>();
                return new ReplayStores(memory, memory);
            });
        }

        services.AddSingleton(_ => new PostgresConnections(connection.Value, PostgresConnections.DefaultTimeout));
        services.AddSingleton<ClaimTable>();
        services.AddSingleton<CircuitBreaker>();
        services.AddSingleton<UnsettledClaims>();
        services.AddSingleton<PostgresReplayStore>();
        services.AddHostedService<ReplayUpkeep>();
        return services.AddSingleton(static provider => new ReplayStores(
            provider.GetRequiredService<PostgresReplayStore>(), provider.GetRequiredService<MemoryReplayStore>()));
    }
}
