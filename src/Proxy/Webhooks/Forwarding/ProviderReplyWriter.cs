using System.Buffers;
using Microsoft.Net.Http.Headers;
using WebhookVerification;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Gives a provider the answer it insists on, unless the upstream said one of the accepted ones itself.</summary>
internal static class ProviderReplyWriter
{
    /// <summary>White space that an accepted answer may have around it.</summary>
    private const int WhiteSpaceAllowance = 256;

    /// <summary>Answers instead of, or with, an upstream that accepted.</summary>
    public static async Task WriteAsync(
        HttpContext context, HttpResponseMessage answer, ProviderReply reply, CancellationToken cancellationToken)
    {
        var limit = reply.Accepted.Max(static body => body.Length) + WhiteSpaceAllowance;
        var buffer = ArrayPool<byte>.Shared.Rent(limit + 1);
        try
        {
            var length = await ReadAsync(answer, buffer.AsMemory(0, limit + 1), cancellationToken);
            if (length <= limit && answer.Content.Headers.ContentEncoding.Count == 0 && IsAccepted(buffer.AsSpan(0, length), reply))
            {
                context.Response.ContentLength = length;
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, length), CancellationToken.None);
                return;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        await WriteAsync(context, reply);
    }

    /// <summary>Answers on the upstream's behalf.</summary>
    public static Task WriteAsync(HttpContext context, ProviderReply reply)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers.Remove(HeaderNames.SetCookie);
        response.Headers.Remove(HeaderNames.ContentEncoding);
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        return response.Body.WriteAsync(reply.Body, CancellationToken.None).AsTask();
    }

    /// <summary>Reads until the buffer is full or the answer ends. An answer that breaks off is none of the accepted ones.</summary>
    private static async ValueTask<int> ReadAsync(HttpResponseMessage answer, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            return buffer.Length;
        }
    }

    private static bool IsAccepted(ReadOnlySpan<byte> body, ProviderReply reply)
    {
        var trimmed = body.Trim(" \t\r\n"u8);
        foreach (var accepted in reply.Accepted)
        {
            if (trimmed.SequenceEqual(accepted.Span))
            {
                return true;
            }
        }

        return false;
    }
}
