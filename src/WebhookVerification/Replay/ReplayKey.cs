using System.Runtime.InteropServices;

namespace WebhookVerification.Replay;

/// <summary>A SHA-256 digest that names a piece of signed content. 32 bytes, compared by value.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ReplayKey(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    /// <summary>Takes over a digest of exactly <see cref="Size"/> bytes.</summary>
    /// <exception cref="ArgumentException">The digest has another length.</exception>
    public static ReplayKey FromDigest(ReadOnlySpan<byte> digest) =>
        digest.Length == Size
            ? MemoryMarshal.Read<ReplayKey>(digest)
            : throw new ArgumentException($"A replay key has {Size} bytes, not {digest.Length}.", nameof(digest));

    /// <summary>Writes the digest's bytes.</summary>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>The digest is uniform already: any of its words is a good hash code.</summary>
    public override int GetHashCode() => (int)A;
}
