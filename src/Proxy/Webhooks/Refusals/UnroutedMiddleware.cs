using Yarp.ReverseProxy.Model;

namespace Proxy.Webhooks.Refusals;

/// <summary>Gives requests that match no route, or a route but not its method, the same kind of answer as every other refusal.</summary>
internal sealed class UnroutedMiddleware(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<RouteModel>() is not null)
        {
            return next(context);
        }

        return endpoint is null ? Problem.WriteAsync(context, StatusCodes.Status404NotFound, TraceId.Of(context)) : AnswerAsync(context, endpoint);
    }

    /// <summary>Routing's own answer to a wrong method: it sets 405 and Allow, and no body.</summary>
    private static async Task AnswerAsync(HttpContext context, Endpoint endpoint)
    {
        await endpoint.RequestDelegate!(context);
        if (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, context.Response.StatusCode, TraceId.Of(context));
        }
    }
}
