using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace Stock;

/// <summary>
/// The one thing that no verifier can do without: HMAC-SHA256 over the bytes that are signed, compared with the header.
/// Nothing is checked before it, nothing recorded after it, and no byte is copied: the body stays in Kestrel's own buffers.
/// </summary>
internal static class BodyHmac
{
    [ThreadStatic]
    private static IncrementalHash? _hash;

    /// <param name="secret">Base64 of the key.</param>
    /// <returns>Middleware that answers 400 where the signature is wrong.</returns>
    public static Func<HttpContext, Func<Task>, Task> Check(string secret)
    {
        var key = Convert.FromBase64String(secret);
        return async (context, next) =>
        {
            var reader = context.Request.BodyReader;
            ReadResult read;
            while (!(read = await reader.ReadAsync()).IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }

            if (!IsGenuine(key, context.Request.Headers, read.Buffer))
            {
                reader.AdvanceTo(read.Buffer.End);
                await Bare.Refuse(context);
                return;
            }

            // Seen, not taken: the forwarder reads the same buffers again.
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            await next();
        };
    }

    private static bool IsGenuine(byte[] key, IHeaderDictionary headers, ReadOnlySequence<byte> body)
    {
        var hash = _hash ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> head = stackalloc byte[256];
        var length = Encoding.Latin1.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.", head);
        hash.AppendData(head[..length]);
        foreach (var segment in body)
        {
            hash.AppendData(segment.Span);
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _ = hash.GetHashAndReset(expected);
        var signature = headers["webhook-signature"].ToString();
        return signature.StartsWith("v1,", StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(signature.AsSpan(3), given, out _)
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
