using System.Security.Cryptography;

namespace WebhookVerification.Signatures;

/// <summary>What the engine must know of each algorithm.</summary>
internal static class AlgorithmFacts
{
    /// <summary>A signature's length in bytes.</summary>
    public static int? SignatureLength(this SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.HmacSha1 => SHA1.HashSizeInBytes,
        SignatureAlgorithm.HmacSha256 => SHA256.HashSizeInBytes,
        SignatureAlgorithm.HmacSha384 => SHA384.HashSizeInBytes,
        SignatureAlgorithm.HmacSha512 => SHA512.HashSizeInBytes,
        _ => null,
    };

    public static VerificationKey CreateKey(this SignatureAlgorithm algorithm, byte[] key) => algorithm switch
    {
        SignatureAlgorithm.HmacSha1 => new HmacKey(HashAlgorithmName.SHA1, key),
        SignatureAlgorithm.HmacSha256 => new HmacKey(HashAlgorithmName.SHA256, key),
        SignatureAlgorithm.HmacSha384 => new HmacKey(HashAlgorithmName.SHA384, key),
        SignatureAlgorithm.HmacSha512 => new HmacKey(HashAlgorithmName.SHA512, key),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No such algorithm."),
    };
}
