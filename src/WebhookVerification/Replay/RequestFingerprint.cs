using System.Runtime.InteropServices;

namespace WebhookVerification.Replay;

/// <summary>
/// The first 16 bytes of a SHA-256 over what the upstream dispatches on without it being signed: method, target,
/// Content-Type, Content-Encoding and the entry's dispatch headers.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct RequestFingerprint(ulong A, ulong B)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 16;

    /// <summary>Takes the first <see cref="Size"/> bytes of a digest.</summary>
    public static RequestFingerprint FromDigest(ReadOnlySpan<byte> digest) => MemoryMarshal.Read<RequestFingerprint>(digest);

    /// <summary>Writes the fingerprint's bytes.</summary>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);
}
