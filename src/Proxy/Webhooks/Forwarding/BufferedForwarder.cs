using System.Net;
using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// YARP's last step for a request that the guard holds whole: one try at one destination. YARP's own forwarder is made for
/// bodies that stream, and waits on both ends of both; here only the upstream is waited for. It still forwards what is not
/// verified. Both run the same transforms, and fail with the same statuses and errors.
/// </summary>
/// <param name="streaming">YARP's.</param>
internal sealed class BufferedForwarder(IHttpForwarder streaming) : IHttpForwarder
{
    public ValueTask<ForwarderError> SendAsync(
        HttpContext context, string destinationPrefix, HttpMessageInvoker httpClient, ForwarderRequestConfig requestConfig, HttpTransformer transformer) =>
        context.Features.Get<WebhookExchange>() is { } exchange
            ? SendAsync(exchange, destinationPrefix, httpClient, requestConfig, transformer)
            : streaming.SendAsync(context, destinationPrefix, httpClient, requestConfig, transformer);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<ForwarderError> SendAsync(
        WebhookExchange exchange, string destination, HttpMessageInvoker client, ForwarderRequestConfig config, HttpTransformer transformer)
    {
        var (context, deadline) = (exchange.Context, exchange.Deadline!);

        // Empty as well: a request without any content the client sends again by itself when the connection breaks.
        var content = new BufferedContent(exchange.Body.Content, deadline);
        var request = new HttpRequestMessage
        {
            Method = HttpMethod.Parse(context.Request.Method),
            Version = config.Version ?? HttpVersion.Version20,
            VersionPolicy = config.VersionPolicy ?? HttpVersionPolicy.RequestVersionOrLower,
            Content = content,
        };
        deadline.Allow(config.ActivityTimeout);
        var (isMade, isAnswered) = (false, false);
        try
        {
            await transformer.TransformRequestAsync(context, request, destination, deadline.Token);
            if (context.Response.HasStarted || context.Response.StatusCode != StatusCodes.Status200OK)
            {
                // A transform of the operator's has answered itself.
                return ForwarderError.None;
            }

            isMade = true;
            using var answer = await client.SendAsync(request, deadline.Token);
            deadline.Progressed();
            var error = await AnswerRelay.SendAsync(context, answer, transformer, deadline);
            isAnswered = error == ForwarderError.None;
            return error;
        }
        catch (Exception e)
        {
            var (error, status) =
                deadline.HasPassed ? (ForwarderError.RequestTimedOut, StatusCodes.Status504GatewayTimeout)
                : deadline.Token.IsCancellationRequested ? (ForwarderError.RequestCanceled, StatusCodes.Status400BadRequest)
                : e is OperationCanceledException ? (ForwarderError.RequestTimedOut, StatusCodes.Status504GatewayTimeout)
                : (isMade ? ForwarderError.Request : ForwarderError.RequestCreation, StatusCodes.Status502BadGateway);
            context.Response.StatusCode = status;
            context.Features.Set<IForwarderErrorFeature>(new UpstreamFailure(error, e));
            await TransformNoAnswerAsync(context, transformer, deadline);
            return error;
        }
        finally
        {
            if (content.Close() is { IsCompleted: false } sending)
            {
                await SettleAsync(sending, deadline, isAnswered);
            }
        }
    }

    /// <summary>The body goes back to the server with the end of the request: until then all have to be done with it.</summary>
    private static async Task SettleAsync(Task sending, UpstreamDeadline deadline, bool isAnswered)
    {
        if (isAnswered)
        {
            // Whoever answers before it has read all may want the rest all the same.
            await sending.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        deadline.Abandon();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async ValueTask TransformNoAnswerAsync(HttpContext context, HttpTransformer transformer, UpstreamDeadline deadline)
    {
        try
        {
            await transformer.TransformResponseAsync(context, proxyResponse: null, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // What went wrong before says more.
        }
    }
}
