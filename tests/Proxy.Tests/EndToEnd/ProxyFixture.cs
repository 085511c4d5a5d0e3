using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Proxy.Commands.Demo;
using Proxy.Configuration;
using Proxy.Management;
using Proxy.Tests.Configuration;

namespace Proxy.Tests.EndToEnd;

/// <summary>
/// The whole proxy in this process, between real sockets on ports that the system chose, with a consumer behind it. Its
/// clock stands still until a test moves it.
/// </summary>
internal sealed class ProxyFixture : IAsyncDisposable
{
    /// <summary>Key of every policy of the shipped configuration.</summary>
    public const string Secret = "a secret of sixteen bytes or more";

    /// <summary>What the shipped configuration refers to.</summary>
    public static readonly IReadOnlyList<string> SecretVariables =
        ["TAWK_WEBHOOK_SECRET", "SMARTERBOT_WEBHOOK_SECRET", "CHATBASE_WEBHOOK_SECRET", "PROTOCOL_WEBHOOK_SECRET"];

    private const string ConfigurationFile = "appsettings.json";

    private readonly ConfigurationDirectory _directory;
    private readonly HttpClient _scraper = new();
    private readonly WebApplication _app;
    private Task? _stopping;

    private ProxyFixture(ConfigurationDirectory directory, RecordingConsumer consumer, ManualTimeProvider clock, LogLevel logLevel)
    {
        _directory = directory;
        Consumer = consumer;
        Clock = clock;

        var loader = new SnapshotLoader(directory.Source(ConfigurationFile) with { Time = clock });
        var first = loader.Load();
        Assert.Empty(first.Problems.Errors);
        _app = ProxyApplication.Build(loader, first, clock, logging => logging.SetMinimumLevel(logLevel).AddProvider(Log));
    }

    /// <summary>The shipped configuration: the first four providers on <c>/webhooks/{id}</c>, each with a policy of its name.</summary>
    public static string FourProviders { get; } = Encoding.UTF8.GetString(ShippedConfiguration.Json.Span);

    public RecordingConsumer Consumer { get; }

    public ManualTimeProvider Clock { get; }

    public RecordingLog Log { get; } = new();

    /// <summary>Where providers reach the proxy.</summary>
    public Uri Address => Addresses[0];

    /// <summary>The same, where the configuration has several listeners, in its order.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Select(static url => new Uri(url))];

    /// <summary>The management listener.</summary>
    public Uri ManagementAddress => Services.GetRequiredService<ManagementService>().Address;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a proxy and a consumer.</summary>
    /// <param name="configuration">
    /// The configuration file's content, <see cref="FourProviders"/> by default. The destination <c>app</c> of its cluster
    /// <c>consumer</c> gets the consumer's address.
    /// </param>
    /// <param name="environment">Environment variables over it, in the .NET form, and what <c>env:</c> refers to.</param>
    /// <param name="clock">Of the proxy; a new one when a test does not bring its own.</param>
    /// <param name="logLevel">What <see cref="Log"/> keeps; everything by default.</param>
    public static async Task<ProxyFixture> StartAsync(
        string? configuration = null, IReadOnlyDictionary<string, string>? environment = null, ManualTimeProvider? clock = null, LogLevel logLevel = LogLevel.Trace)
    {
        var consumer = new RecordingConsumer();
        var directory = new ConfigurationDirectory();
        directory.Write(ConfigurationFile, configuration ?? FourProviders);
        directory.Environment["Urls"] = "http://127.0.0.1:0";
        directory.Environment["Management__Url"] = "http://127.0.0.1:0";
        directory.Environment["ReverseProxy__Clusters__consumer__Destinations__app__Address"] = consumer.Address.ToString();
        directory.Environment["Webhooks__Drain"] = "00:00:02";
        foreach (var name in SecretVariables)
        {
            directory.Environment[name] = Secret;
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            directory.Environment[name] = value;
        }

        var fixture = new ProxyFixture(directory, consumer, clock ?? new ManualTimeProvider(), logLevel);
        await fixture._app.StartAsync();
        return fixture;
    }

    /// <summary>Sends a request on a connection of its own and returns the answer.</summary>
    public Task<RawResponse> SendAsync(ReadOnlyMemory<byte> request) => RawHttpClient.SendAsync(Address, request);

    /// <summary>Sends a webhook as one of the four providers would, signed now.</summary>
    public Task<RawResponse> SendSignedAsync(string provider, ReadOnlyMemory<byte> body) => SendAsync(
        RawRequest.Post($"/webhooks/{provider}", body.Span, ProviderSignature.Of(provider, Secret, body.Span, Clock.GetUtcNow())));

    public Task<RawHttpClient> ConnectAsync() => RawHttpClient.ConnectAsync(Address);

    /// <summary>The status of <c>/readyz</c>.</summary>
    public async Task<int> ReadinessAsync()
    {
        using var answer = await _scraper.GetAsync(new Uri(ManagementAddress, "/readyz"));
        return (int)answer.StatusCode;
    }

    /// <summary>What <c>/metrics</c> says now.</summary>
    public async Task<Scrape> ScrapeAsync() => Scrape.Parse(await GetMetricsPageAsync());

    /// <summary>The page as it comes.</summary>
    public Task<string> GetMetricsPageAsync() => _scraper.GetStringAsync(new Uri(ManagementAddress, "/metrics"));

    /// <summary>Edits the configuration file; it counts once <see cref="Clock"/> has moved on far enough to be looked at twice.</summary>
    public void Rewrite(string configuration) => _directory.Write(ConfigurationFile, configuration);

    public void DeleteConfiguration() => _directory.Delete(ConfigurationFile);

    /// <summary>Stops it as SIGTERM does, once however often it is called; a <c>DrainDelay</c> passes by <see cref="Clock"/>.</summary>
    public Task StopAsync() => _stopping ??= _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        var stopping = StopAsync();
        // Of a test that fails before it lets the delay pass.
        Clock.Advance(Services.GetRequiredService<SnapshotSource>().Current.Settings.DrainDelay);
        await stopping;
        await _app.DisposeAsync();
        await Consumer.DisposeAsync();
        _scraper.Dispose();
        _directory.Dispose();
    }
}
