using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Proxy.Configuration;
using Proxy.Webhooks.Capturing;
using Proxy.Webhooks.Forwarding;
using Proxy.Webhooks.Handshakes;
using Proxy.Webhooks.Refusals;
using Proxy.Webhooks.Replays;
using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks;

/// <summary>The request path's registrations and its place in the pipeline.</summary>
internal static class WebhookServices
{
    /// <summary>Adds YARP and what guards it. Needs a BufferBudget, the ReplayStores, WebhookMetrics and a TimeProvider.</summary>
    public static IReverseProxyBuilder AddWebhookProxy(this IServiceCollection services)
    {
        services.AddSingleton<WebhookExchangePool>();
        services.AddSingleton<WebhookRouteFactory>();
        services.AddSingleton<ReplayCheckpoint>();
        services.AddSingleton<ConnectRetry>();
        services.AddSingleton<UpstreamCall>();
        services.AddSingleton<UpstreamLog>();
        services.AddSingleton<HandshakeResponder>();
        services.AddSingleton<RefusalWriter>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<RecentRefusals>();
        services.AddSingleton<RequestCapture>();
        services.AddSingleton<IReloadObserver>(static provider => provider.GetRequiredService<RequestCapture>());
        services.AddHostedService<CaptureWriter>();
        services.AddRoutingCore();
        services.AddSingleton<IForwarderHttpClientFactory, UpstreamClientFactory>();
        var proxy = services.AddReverseProxy().AddTransforms<WebhookTransforms>();
        Wrap<IHttpForwarder>(services, static streaming => new BufferedForwarder(streaming));

        // YARP adds authorization, and then ASP.NET puts its middleware in front of every request. No route may name a policy.
        services.RemoveAll<IAuthorizationHandlerProvider>();
        return proxy;
    }

    /// <summary>Puts a service of ours in front of the one that is registered, which nobody else can make: its type is not public.</summary>
    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Single(static service => service.ServiceType == typeof(T));
        services.Replace(ServiceDescriptor.Singleton(provider => wrap((T)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }

    /// <summary>The order of CONTRACT's table: route and method, then the guard, then YARP's choice of a destination.</summary>
    public static void UseWebhookProxy(this WebApplication app)
    {
        app.UseRouting();
        app.UseMiddleware<UnroutedMiddleware>();
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<WebhookMiddleware>();
            proxy.UseSessionAffinity();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }
}
