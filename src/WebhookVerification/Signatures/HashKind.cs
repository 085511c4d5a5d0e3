using System.Buffers;
using System.Security.Cryptography;

namespace WebhookVerification.Signatures;

/// <summary>A hash function and states of it to use again.</summary>
internal sealed class HashKind
{
    /// <summary>The longest digest, in bytes.</summary>
    public const int MaxSize = 64;

    public static readonly HashKind Md5 = new(HashAlgorithmName.MD5, 16);
    public static readonly HashKind Sha1 = new(HashAlgorithmName.SHA1, SHA1.HashSizeInBytes);
    public static readonly HashKind Sha256 = new(HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
    public static readonly HashKind Sha384 = new(HashAlgorithmName.SHA384, SHA384.HashSizeInBytes);
    public static readonly HashKind Sha512 = new(HashAlgorithmName.SHA512, SHA512.HashSizeInBytes);

    /// <summary>By the name that the catalogue's JSON uses.</summary>
    public static readonly IReadOnlyDictionary<string, HashKind> ByName =
        new[] { Md5, Sha1, Sha256, Sha384, Sha512 }.ToDictionary(static kind => kind.Algorithm.Name!.ToLowerInvariant());

    private readonly StatePool<IncrementalHash> _states;

    private HashKind(HashAlgorithmName algorithm, int size)
    {
        Algorithm = algorithm;
        Size = size;
        _states = new StatePool<IncrementalHash>(() => IncrementalHash.CreateHash(algorithm));
    }

    public HashAlgorithmName Algorithm { get; }

    /// <summary>In bytes.</summary>
    public int Size { get; }

    public IncrementalHash Rent() => _states.Rent();

    /// <summary>Writes the digest to <paramref name="destination"/>, returns its length, and takes the state back.</summary>
    public int Finish(IncrementalHash state, Span<byte> destination)
    {
        var length = state.GetHashAndReset(destination);
        _states.Return(state);
        return length;
    }

    /// <summary>Writes the digest of <paramref name="bytes"/>, and returns its length.</summary>
    public int Compute(in ReadOnlySequence<byte> bytes, Span<byte> destination)
    {
        var state = Rent();
        foreach (var segment in bytes)
        {
            state.AppendData(segment.Span);
        }

        return Finish(state, destination);
    }
}
