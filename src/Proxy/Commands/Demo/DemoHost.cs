using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Console;
using Proxy.Configuration;
using Proxy.Management;
using Proxy.Webhooks;

namespace Proxy.Commands.Demo;

/// <summary>
/// The sample consumer and, in front of it, the proxy with the configuration that is shipped, on free loopback ports. No file
/// and no environment variable of the operator's plays a part.
/// </summary>
internal sealed class DemoHost : IAsyncDisposable
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly WebApplication _proxy;

    private DemoHost(WebApplication proxy, LegacyConsumer consumer, IReadOnlyDictionary<string, string> secrets)
    {
        _proxy = proxy;
        Consumer = consumer;
        Secrets = secrets;
    }

    public LegacyConsumer Consumer { get; }

    /// <summary>Thrown away with the process; by policy, which is named like its provider.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; }

    /// <summary>The policies in force, by name.</summary>
    public IReadOnlyDictionary<string, WebhookPolicy> Policies =>
        _proxy.Services.GetRequiredService<SnapshotSource>().Current.Policies;

    /// <summary>Where providers reach the proxy.</summary>
    public Uri Address => new(_proxy.Urls.Single());

    public Uri ManagementAddress => _proxy.Services.GetRequiredService<ManagementService>().Address;

    public static async Task<DemoHost> StartAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var consumer = await LegacyConsumer.StartAsync(cancellationToken);
        var secrets = SampleWebhook.All.Select(static webhook => webhook.Provider).Distinct()
            .ToDictionary(static provider => provider, static _ => RandomNumberGenerator.GetHexString(64, lowercase: true));
        var loader = new SnapshotLoader(new ConfigurationSource([], Environment(consumer, secrets), AppContext.BaseDirectory)
        {
            UseShipped = true,
        });
        var proxy = ProxyApplication.Build(loader, loader.Load(), clock, LogErrors);
        await proxy.StartAsync(cancellationToken);
        return new DemoHost(proxy, consumer, secrets);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.StopAsync();
        await _proxy.DisposeAsync();
        await Consumer.DisposeAsync();
    }

    /// <summary>What an operator would set: addresses and secrets. Replay protection is on for all, so that all can show it.</summary>
    private static Dictionary<string, string> Environment(LegacyConsumer consumer, Dictionary<string, string> secrets)
    {
        var environment = new Dictionary<string, string>
        {
            ["Urls"] = AnyPort,
            ["Management__Url"] = AnyPort,
            ["ReverseProxy__Clusters__consumer__Destinations__app__Address"] = consumer.Address.ToString(),
        };
        foreach (var (provider, secret) in secrets)
        {
            environment[$"{provider.ToUpperInvariant()}_WEBHOOK_SECRET"] = secret;
            environment[$"Webhooks__Policies__{provider}__Replay__Mode"] = nameof(ReplayMode.Enforce);
        }

        return environment;
    }

    /// <summary>Standard output belongs to the table, and a refusal is what the demo is about.</summary>
    private static void LogErrors(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Error).AddSimpleConsole();
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
