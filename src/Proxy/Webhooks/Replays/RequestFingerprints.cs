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

    public static RequestFingerprint Of(WebhookExchange exchange)
    {
        var headers = exchange.Context.Request.Headers;
        var buffer = exchange.Fingerprint;
        buffer.ResetWrittenCount();
        Append(buffer, exchange.Context.Request.Method);
        Append(buffer, exchange.Target);
        Append(buffer, (string?)headers.ContentType);
        Append(buffer, (string?)headers.ContentEncoding);
        foreach (var (name, value) in exchange.DispatchHeaders.Found)
        {
            Append(buffer, name);
            Append(buffer, (string?)value);
        }

        if (exchange.Evidence.CoversBody)
        {
            return exchange.Route.LastFingerprint.Of(buffer.WrittenSpan);
        }

        // Signed are only pieces of the body, or fields without their borders: another body may have the same signature.
        AppendDigest(buffer, exchange.Body.Content);
        return LastFingerprint.Compute(buffer.WrittenSpan);
    }

    private static void AppendDigest(ArrayBufferWriter<byte> buffer, in ReadOnlySequence<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var segment in body)
        {
            hash.AppendData(segment.Span);
        }

        buffer.Advance(hash.GetHashAndReset(buffer.GetSpan(SHA256.HashSizeInBytes)));
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
