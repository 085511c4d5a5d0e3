using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;
using WebhookVerification;

namespace Proxy.Management;

/// <summary>Who may ask the management listener: the host that a request names, and its bearer token.</summary>
internal static class ManagementGuard
{
    private const string Scheme = "Bearer ";

    /// <summary>
    /// Answers 421 to a request that does not name this machine. A page of any website can make a browser send requests to a
    /// loopback address under a name of its own (DNS rebinding); the name is what gives them away.
    /// </summary>
    public static IApplicationBuilder UseLoopbackHostCheck(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (IsLoopbackName(context.Request.Host, context.Connection.LocalPort))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    });

    /// <summary>Answers 401 to requests without <paramref name="token"/>, unless the endpoint allows anonymous callers.</summary>
    public static IApplicationBuilder UseBearerToken(this IApplicationBuilder app, Secret token) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || HasToken(context.Request, token))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    });

    private static bool IsLoopbackName(HostString host, int port) =>
        (host.Port ?? 80) == port &&
        (host.Host is "127.0.0.1" or "[::1]" || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase));

    private static bool HasToken(HttpRequest request, Secret token) =>
        request.Headers[HeaderNames.Authorization] is [{ } value] &&
        value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) &&
        token.Matches(Encoding.UTF8.GetBytes(value[Scheme.Length..].Trim()));
}
