using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using WebhookVerification.Content;
using WebhookVerification.Signatures;

namespace WebhookVerification.Replay;

/// <summary>
/// Names large contents at a fraction of SHA-256's cost, for keys that never leave this process: the content's AES-GMAC tags,
/// one for each 64 KiB, under a key that is drawn at the start. GMAC is a polynomial hash (NIST SP 800-38D, 6.4): two
/// different contents that are chosen without the key have the same tags with a probability below 2^-112, and neither the key
/// nor a tag is ever shown to anybody; the tags go through SHA-256 before they are kept. With nothing shown there is nothing
/// that a repeated nonce could give away. A store that several processes share needs SHA-256 itself.
/// </summary>
public sealed class LocalContentDigest
{
    /// <summary>Contents of at least this many bytes are worth it.</summary>
    internal const int Threshold = 16 * 1024;

    private const int BlockSize = 64 * 1024;
    private const int TagSize = 16;

    private static readonly byte[] Nonce = new byte[AesGcm.NonceByteSizes.MaxSize];

    private readonly StatePool<AesGcm> _ciphers;

    /// <summary>Draws a key.</summary>
    public LocalContentDigest()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        _ciphers = new StatePool<AesGcm>(() => new AesGcm(key, TagSize));
    }

    /// <summary>Appends what stands for the content: its length and its tags.</summary>
    internal void AppendTo(IncrementalHash hash, SignedContent content)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, content.Length);
        hash.AppendData(length);

        var cipher = _ciphers.Rent();
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        var filled = 0;
        Append(content.Head, hash, cipher, block, ref filled);
        foreach (var segment in content.Body)
        {
            Append(segment.Span, hash, cipher, block, ref filled);
        }

        Append(content.Tail, hash, cipher, block, ref filled);
        AppendTag(block.AsSpan(0, filled), hash, cipher);
        ArrayPool<byte>.Shared.Return(block);
        _ciphers.Return(cipher);
    }

    /// <summary>Blocks are cut by position, never where the network happened to cut: a copy of the content arrives in other pieces.</summary>
    private static void Append(ReadOnlySpan<byte> bytes, IncrementalHash hash, AesGcm cipher, byte[] block, ref int filled)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, BlockSize - filled);
            bytes[..count].CopyTo(block.AsSpan(filled));
            bytes = bytes[count..];
            filled += count;
            if (filled == BlockSize)
            {
                AppendTag(block.AsSpan(0, BlockSize), hash, cipher);
                filled = 0;
            }
        }
    }

    private static void AppendTag(ReadOnlySpan<byte> block, IncrementalHash hash, AesGcm cipher)
    {
        Span<byte> tag = stackalloc byte[TagSize];
        cipher.Encrypt(Nonce, ReadOnlySpan<byte>.Empty, [], tag, block);
        hash.AppendData(tag);
    }
}
