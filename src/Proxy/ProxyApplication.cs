using System.Text;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Proxy.Configuration;
using Proxy.Listening;
using Proxy.Management;
using Proxy.Management.Status;
using Proxy.Replay;
using Proxy.Systemd;
using Proxy.Telemetry;
using Proxy.Webhooks;
using Proxy.Webhooks.Buffering;
using Proxy.Webhooks.Forwarding;
using WebhookVerification.Replay;
using Yarp.ReverseProxy.Configuration;

namespace Proxy;

/// <summary>Puts the proxy together: the one composition that <c>run</c>, <c>demo</c> and the tests all use.</summary>
internal static class ProxyApplication
{
    /// <summary>An application that is ready to start.</summary>
    /// <param name="loader">Where later configurations come from.</param>
    /// <param name="first">The first one; it has no errors.</param>
    /// <param name="clock">Every clock there is.</param>
    /// <param name="logging">Where the log goes.</param>
    public static WebApplication Build(SnapshotLoader loader, LoadResult first, TimeProvider clock, Action<ILoggingBuilder> logging)
    {
        var snapshot = first.Snapshot ?? throw new ArgumentException("The configuration has errors.", nameof(first));
        var settings = snapshot.Settings;

        // Empty: nothing of the framework's reads files or environment variables behind the configuration's back.
        var builder = WebApplication.CreateEmptyBuilder(new());
        KeepUrlsOutOfTheLog(builder.Logging);
        logging(builder.Logging);
        Listen(builder.WebHost, settings);
        builder.Services.AddSingleton<DrainLimit>();

        builder.Services.AddSingleton(clock);
        AddConfiguration(builder.Services, loader, first, snapshot);
        AddState(builder.Services, settings);
        AddTelemetry(builder.Services);
        builder.Services.AddSingleton(
            new TelemetrySettings(loader.Environment, [.. snapshot.Routes.Select(static route => route.Policy)]));
        builder.Services.AddSingleton(settings.Management);
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddStatusPage();
        builder.Services.AddSingleton<ManagementService>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<ManagementService>());
        builder.Services.AddHostedService<ListeningReporter>();
        builder.Services.AddSystemd(loader.Environment);
        builder.Services.AddWebhookProxy();
        KeepNoKeys(builder.Services);

        var app = builder.Build();
        app.UseWebhookProxy();
        return app;
    }

    /// <summary>At Information both quote whole URLs, and a query may hold a secret: a verify token, or a token that stands for a signature.</summary>
    private static void KeepUrlsOutOfTheLog(ILoggingBuilder logging) => logging
        // Even at Critical, this one costs every request an activity and a scope; Kestrel logs unhandled errors as well.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        .AddFilter("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Warning);

    private static void Listen(IWebHostBuilder web, ProxySettings settings)
    {
        // RFC 9112 2.2 lets a server take a bare line feed for the end of a line, and Kestrel does. A proxy before us that does
        // not would see other headers than we, so that such a line is refused. The switch is of the process: there is no option.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", isEnabled: true);

        // Kestrel asks the kernel for a first byte before it takes a buffer: two system calls a request, to spare an idle
        // connection 4 KiB.
        web.UseSockets(static sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
        web.UseKestrelCore().UsePooledAccepts().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            // Every endpoint has a certificate of ours: Kestrel need not look for one of a developer.
            kestrel.ConfigureHttpsDefaults(static https => https.ServerCertificateSelector = static (_, _) => null);
            var snapshots = kestrel.ApplicationServices.GetRequiredService<SnapshotSource>();
            var loader = kestrel.Configure(settings.Kestrel, reloadOnChange: false);
            foreach (var name in settings.Certificates.Keys)
            {
                loader.Endpoint(name, endpoint => TlsHandshake.Use(endpoint, name, snapshots));
            }
        });
    }

    private static void AddConfiguration(IServiceCollection services, SnapshotLoader loader, LoadResult first, ProxySnapshot snapshot)
    {
        services.AddSingleton(loader);
        services.AddSingleton(first);
        services.AddSingleton(new SnapshotSource(snapshot));
        services.AddSingleton<IProxyConfigProvider, SnapshotProxyConfigProvider>();
        services.AddSingleton<IConfigChangeListener, SnapshotConfirmation>();
        services.AddSingleton<IReloadObserver, ReloadReporter>();
        services.AddSingleton<IReloadObserver, LimitsUpdater>();
        services.AddSingleton<Draining>();
        services.AddSingleton<IReloadObserver>(static provider => provider.GetRequiredService<Draining>());
        services.AddHostedService(static provider => provider.GetRequiredService<Draining>());
        services.AddSingleton<ConfigurationWatcher>();
        services.AddHostedService(static provider => provider.GetRequiredService<ConfigurationWatcher>());
        services.AddHostedService<CertificateWatch>();
    }

    private static void AddState(IServiceCollection services, ProxySettings settings)
    {
        services.AddSingleton(provider => new BufferBudget(
            settings.Limits.MaxBufferedBytes, settings.Limits.MaxBufferedShare, provider.GetRequiredService<TimeProvider>()));
        services.AddReplayStores(settings.Replay);
    }

    private static void AddTelemetry(IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(static provider =>
        {
            var budget = provider.GetRequiredService<BufferBudget>();
            var replays = provider.GetRequiredService<MemoryReplayStore>();
            return new MetricSources
            {
                BufferedBytes = () => budget.Buffered,
                BufferedLimitBytes = () => budget.Limit,
                ReplayEvictions = () => replays.Evictions,
            };
        });
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<TelemetryHost>();
    }

    /// <summary>
    /// YARP brings ASP.NET's data protection for its affinity cookies, which would write keys to disk. They are kept in memory:
    /// the proxy needs no writable place, and a webhook sender keeps no cookies.
    /// </summary>
    private static void KeepNoKeys(IServiceCollection services) =>
        services.Configure<KeyManagementOptions>(static options => options.XmlRepository = new MemoryKeys());
}
