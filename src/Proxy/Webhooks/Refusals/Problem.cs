using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Proxy.Webhooks.Refusals;

/// <summary>
/// Writes refusals: <c>application/problem+json</c> with title, status and traceId and nothing else. Answers of one status
/// differ in their traceId alone; which check failed is for the log and the metrics.
/// </summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    public static Task WriteAsync(HttpContext context, int status, string traceId)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        var body = Encoding.ASCII.GetBytes(
            $"{{\"title\":\"{ReasonPhrases.GetReasonPhrase(status)}\",\"status\":{status},\"traceId\":\"{traceId}\"}}");
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }
}
