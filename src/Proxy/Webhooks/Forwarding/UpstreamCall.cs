using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.ObjectPool;
using Proxy.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Hands a verified request to YARP and bounds the whole call.</summary>
internal sealed class UpstreamCall(ConnectRetry retry, DrainLimit drain, UpstreamLog log, TimeProvider clock)
{
    private readonly ObjectPool<UpstreamDeadline> _deadlines =
        new DefaultObjectPoolProvider { MaximumRetained = 1024 }.Create(new DeadlinePolicy(drain, clock));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ForwardAsync(WebhookExchange exchange, RequestDelegate forward)
    {
        var (context, route) = (exchange.Context, exchange.Route);
        VerifiedHeader.Set(context.Request.Headers, exchange.IsVerified);
        exchange.Body.Declare(context.Request);

        using var span = Tracing.Source.StartActivity("forward");
        var deadline = _deadlines.Get();
        deadline.Begin(context, route.Policy.TotalTimeout, surviveClient: exchange.Hold is not null);
        exchange.Deadline = deadline;
        var started = clock.GetTimestamp();
        exchange.Tries.Begin(context.GetReverseProxyFeature());
        try
        {
            do
            {
                await forward(context);
            }
            while (await retry.AgainAsync(exchange));
        }
        finally
        {
            exchange.Deadline = null;
            deadline.End();
            _deadlines.Return(deadline);
        }

        route.Metrics.UpstreamTook(clock.GetElapsedTime(started));

        if (context.Features.Get<IForwarderErrorFeature>() is { } error && !UpstreamFailure.IsTheClients(error.Error))
        {
            // What breaks off in the middle was counted by its status.
            if (error.Error != ForwarderError.ResponseBodyDestination)
            {
                route.Metrics.UpstreamFailed();
            }

            span?.SetStatus(ActivityStatusCode.Error);
            log.Failed(route.Id, error, context.Response.StatusCode);
        }

        span?.SetTag(Tracing.StatusTag, context.Response.StatusCode);
    }

    private sealed class DeadlinePolicy(DrainLimit drain, TimeProvider clock) : PooledObjectPolicy<UpstreamDeadline>
    {
        public override UpstreamDeadline Create() => new(clock, drain.Over);

        public override bool Return(UpstreamDeadline obj) => obj.TryReset();
    }
}
