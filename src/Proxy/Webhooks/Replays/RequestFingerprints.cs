using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Proxy.Webhooks.Forwarding;
using WebhookVerification.Replay;

namespace Proxy.Webhooks.Replays;

/// <summary>Digests what an upstream dispatches on without it being signed.</summary>
internal static class RequestFingerprints
{
    private const string AbsentHeader = "\0absent";

    /// <summary>Frameworks that take the method from a header instead of the request line look at one of these.</summary>
    private static readonly string[] MethodOverrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    public static RequestFingerprint Of(WebhookExchange exchange)
    {
        var headers = exchange.Context.Request.Headers;
        var buffer = new ArrayBufferWriter<byte>(256);
        Append(buffer, exchange.Context.Request.Method);
        Append(buffer, exchange.Target);
        Append(buffer, (string?)headers.ContentType);
        Append(buffer, (string?)headers.ContentEncoding);
        AppendAll(buffer, headers, exchange.Route.Policy.DispatchHeaders);
        AppendAll(buffer, headers, MethodOverrides);
        if (!exchange.Evidence.CoversBody)
        {
            // Signed are only pieces of the body, or fields without their borders: another body may have the same signature.
            AppendDigest(buffer, exchange.Body.Content);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, digest);
        return RequestFingerprint.FromDigest(digest);
    }

    /// <summary>Every header that an upstream may take for one of <paramref name="names"/>.</summary>
    private static void AppendAll(ArrayBufferWriter<byte> buffer, IHeaderDictionary headers, IReadOnlyList<string> names)
    {
        foreach (var (name, value) in headers)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (CgiName.AreSame(name, names[i]))
                {
                    Append(buffer, names[i]);
                    Append(buffer, (string?)value);
                }
            }
        }
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
