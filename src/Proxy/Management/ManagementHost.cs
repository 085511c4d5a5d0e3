using System.Diagnostics;
using Proxy.Configuration;
using Proxy.Listening;
using Proxy.Telemetry.Prometheus;

namespace Proxy.Management;

/// <summary>
/// The second listener: probes and metrics. An application of its own rather than endpoints of the proxy's, since a port in
/// an endpoint's host filter is only what the client says in its Host header.
/// </summary>
internal sealed class ManagementHost : IAsyncDisposable
{
    public const string ActivitySourceName = "WebhookProxy.Management";

    /// <summary>A scrape holds its text, megabytes with many routes, until a client has read it all.</summary>
    private const int MaxConnections = 100;

    private readonly WebApplication _app;

    /// <param name="settings">Where to listen and whom to answer.</param>
    /// <param name="exporter">What <c>/metrics</c> serves.</param>
    /// <param name="readiness">What <c>/readyz</c> reports.</param>
    /// <param name="loggerFactory">The proxy's; the listener has no configuration of its own.</param>
    /// <param name="mapPages">Adds further pages, which ask for the token like <c>/metrics</c>.</param>
    /// <exception cref="ArgumentException">The address is not loopback, as <paramref name="settings"/> demand.</exception>
    public ManagementHost(
        ManagementSettings settings,
        PrometheusExporter exporter,
        Readiness readiness,
        ILoggerFactory loggerFactory,
        Action<IEndpointRouteBuilder>? mapPages = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var isLoopback = ListenAddress.IsLoopback(BindingAddress.Parse(settings.Url));
        if (!isLoopback && !settings.AllowRemote)
        {
            throw new ArgumentException($"{settings.Url} is not a loopback address and AllowRemote is false.", nameof(settings));
        }

        _app = Build(settings.Url, exporter, loggerFactory);
        if (isLoopback)
        {
            _app.UseLoopbackHostCheck();
        }

        _app.UseRouting();
        if (settings.Token is { } token)
        {
            _app.UseBearerToken(token);
        }

        MapProbes(_app, readiness);
        _app.MapPrometheusScrapingEndpoint();
        mapPages?.Invoke(_app);
    }

    /// <summary>Where it listens, with the port that the system chose; after the start.</summary>
    public Uri Address => new(_app.Urls.Single());

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Nothing but what is said here: no files, no environment variables, no signals.</summary>
    private static WebApplication Build(string url, PrometheusExporter exporter, ILoggerFactory loggerFactory)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost
            .UseKestrelCore()
            .UsePooledAccepts()
            .ConfigureKestrel(static kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            })
            .UseUrls(url);
        builder.Services
            .AddRoutingCore()
            .AddSingleton(loggerFactory)
            .AddSingleton(exporter)
            // Under another name than ASP.NET Core's, or every scrape would be a trace.
            .AddSingleton(new ActivitySource(ActivitySourceName));
        return builder.Build();
    }

    private static void MapProbes(WebApplication app, Readiness readiness)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/livez", methods, static context => context.Response.WriteAsync("live\n")).AllowAnonymous();
        app.MapMethods("/readyz", methods, context =>
        {
            var state = readiness.State;
            context.Response.StatusCode = state is ReadinessState.Ready
                ? StatusCodes.Status200OK
                : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(state switch
            {
                ReadinessState.Ready => "ready\n",
                ReadinessState.Draining => "draining\n",
                _ => "not ready\n",
            });
        }).AllowAnonymous();
    }
}
