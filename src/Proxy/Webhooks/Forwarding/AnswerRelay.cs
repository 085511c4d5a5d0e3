using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Gives the upstream's answer to the provider: status, headers, body and trailers, as they come in.</summary>
internal static class AnswerRelay
{
    /// <summary>Most answers to a webhook are a word or two. A longer one goes on in pieces of this, in bytes.</summary>
    private const int BufferSize = 16 * 1024;

    /// <summary>RFC 9113, section 7.</summary>
    private const int InternalError = 2;

    /// <summary>What went wrong is also left as the request's <see cref="IForwarderErrorFeature"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ForwarderError> SendAsync(
        HttpContext context, HttpResponseMessage answer, HttpTransformer transformer, UpstreamDeadline deadline)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var step = ForwarderError.ResponseHeaders;
        try
        {
            SetStatus(context, answer);
            if (!await transformer.TransformResponseAsync(context, answer, deadline.Token))
            {
                return ForwarderError.None;
            }

            step = ForwarderError.ResponseBodyDestination;
            var body = answer.Content.ReadAsStream(deadline.Token);
            while (await body.ReadAsync(buffer, deadline.Token) is > 0 and var count)
            {
                step = ForwarderError.ResponseBodyClient;
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), deadline.Token);
                deadline.Progressed();
                step = ForwarderError.ResponseBodyDestination;
            }

            await transformer.TransformResponseTrailersAsync(context, answer, deadline.Token);
            return ForwarderError.None;
        }
        catch (Exception e)
        {
            // Late is the destination's fault, which its health counts; that nobody waits any more is not.
            var error = step != ForwarderError.ResponseHeaders && deadline.Token.IsCancellationRequested && !deadline.HasPassed
                ? ForwarderError.ResponseBodyCanceled
                : step;
            context.Features.Set<IForwarderErrorFeature>(new UpstreamFailure(error, e));
            BreakOff(context, deadline.HasPassed ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway);
            return error;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void SetStatus(HttpContext context, HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, "The upstream switches to a protocol that it was not asked for.");
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        if (HttpProtocol.IsHttp11(context.Request.Protocol) && answer.ReasonPhrase != ReasonPhrases.GetReasonPhrase((int)answer.StatusCode))
        {
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = answer.ReasonPhrase;
        }
    }

    /// <summary>Says so while that can still be said; else ends the answer in a way that nobody takes it for a whole one.</summary>
    private static void BreakOff(HttpContext context, int status)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = status;
        }
        else if (context.Features.Get<IHttpResetFeature>() is { } http2)
        {
            http2.Reset(InternalError);
        }
        else
        {
            context.Abort();
        }
    }
}
