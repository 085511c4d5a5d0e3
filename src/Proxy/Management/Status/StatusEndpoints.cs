using System.Text.Json;
using Proxy.Management.Status.Html;

namespace Proxy.Management.Status;

/// <summary>The management listener's pages about status: <c>/</c> for people, <c>/api/status</c> for programs.</summary>
internal sealed class StatusEndpoints(StatusReader status)
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/", Methods, context =>
        {
            Protect(context.Response);
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(StatusPage.Render(status.Read()));
        });
        routes.MapMethods("/api/status", Methods, context =>
        {
            Protect(context.Response);
            context.Response.ContentType = "application/json";
            return JsonSerializer.SerializeAsync(context.Response.Body, status.Read(), StatusJson.Default.StatusReport, context.RequestAborted);
        });
    }

    private static void Protect(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = StatusAssets.ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
