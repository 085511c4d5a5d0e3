using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WebhookVerification.Content;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Replay;

/// <summary>
/// Makes the replay keys of one route and scheme: SHA-256 over both names and the signed content. Never over signature
/// bytes (a rotation, and ECDSA always, give one content several) and never over headers that are not signed.
/// </summary>
public sealed class ReplayScope
{
    private const byte ContentDomain = (byte)'c';
    private const byte LocalContentDomain = (byte)'l';
    private const byte DeliveryDomain = (byte)'d';

    private readonly byte[] _prefix;

    /// <summary>A scope of its own for each route and scheme: what one accepted says nothing about another.</summary>
    public ReplayScope(string route, string scheme)
    {
        // Each name behind its length, so that no two pairs of names give the same bytes.
        var names = Encoding.UTF8.GetBytes(route + scheme);
        _prefix = new byte[1 + sizeof(int) + names.Length];
        BinaryPrimitives.WriteInt32LittleEndian(_prefix.AsSpan(1), Encoding.UTF8.GetByteCount(route));
        names.CopyTo(_prefix, 1 + sizeof(int));
    }

    /// <summary>The key that names the signed content of a verified request.</summary>
    /// <param name="evidence">As left by <see cref="WebhookVerifier.Verify"/>.</param>
    /// <param name="body">The same body.</param>
    /// <param name="local">For a store of this process alone: digests large contents, which is faster. Null for a shared one.</param>
    public ReplayKey ContentKey(Evidence evidence, in ReadOnlySequence<byte> body, LocalContentDigest? local = null)
    {
        var content = SignedContent.OfAllItems(evidence.Content, body);
        var isLocal = local is not null && content.Length >= LocalContentDigest.Threshold;
        var hash = Begin(isLocal ? LocalContentDomain : ContentDomain);
        if (isLocal)
        {
            local!.AppendTo(hash, content);
        }
        else
        {
            content.AppendTo(hash);
        }

        return End(hash);
    }

    /// <summary>The key that names the signed delivery id of a verified request; null where it has none.</summary>
    /// <param name="evidence">As left by <see cref="WebhookVerifier.Verify"/>.</param>
    public ReplayKey? DeliveryKey(Evidence evidence)
    {
        if (evidence.DeliveryId.IsEmpty)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[HeaderField.MaxLength];
        var hash = Begin(DeliveryDomain);
        hash.AppendData(bytes[..Encoding.Latin1.GetBytes(evidence.DeliveryId.Span, bytes)]);
        return End(hash);
    }

    private IncrementalHash Begin(byte domain)
    {
        Span<byte> first = [domain];
        var hash = HashKind.Sha256.Rent();
        hash.AppendData(first);
        hash.AppendData(_prefix.AsSpan(1));
        return hash;
    }

    private static ReplayKey End(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[ReplayKey.Size];
        HashKind.Sha256.Finish(hash, digest);
        return ReplayKey.FromDigest(digest);
    }
}
