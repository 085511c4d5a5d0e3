using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WebhookVerification.Replay;

namespace Proxy.Webhooks.Replays;

/// <summary>Digests what an upstream dispatches on without it being signed.</summary>
internal static class RequestFingerprints
{
    private const string AbsentHeader = "\0absent";

    public static RequestFingerprint Of(HttpContext context, string target, IReadOnlyList<string> dispatchHeaders)
    {
        var headers = context.Request.Headers;
        var buffer = new ArrayBufferWriter<byte>(256);
        Append(buffer, context.Request.Method);
        Append(buffer, target);
        Append(buffer, (string?)headers.ContentType);
        Append(buffer, (string?)headers.ContentEncoding);
        for (var i = 0; i < dispatchHeaders.Count; i++)
        {
            Append(buffer, (string?)headers[dispatchHeaders[i]]);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, digest);
        return RequestFingerprint.FromDigest(digest);
    }

    /// <summary>Each part behind its length, so that no two lists of parts give the same bytes.</summary>
    private static void Append(ArrayBufferWriter<byte> buffer, string? part)
    {
        part ??= AbsentHeader;
        var length = Encoding.UTF8.GetByteCount(part);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), length);
        buffer.Advance(sizeof(int));
        buffer.Advance(Encoding.UTF8.GetBytes(part, buffer.GetSpan(length)));
    }
}
