using System.Security.Cryptography;
using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>RSASSA-PKCS1-v1_5 with SHA-256.</summary>
internal sealed class RsaAlgorithm() : SignatureAlgorithm("rsa-pkcs1-sha256", signatureLength: null)
{
    private const int SmallestKeyBits = 2048;

    public override string KeyDescription => "the SubjectPublicKeyInfo of an RSA public key of at least 2048 bits";

    public override VerificationKey? CreateKey(byte[] key, SecretPlace place)
    {
        try
        {
            using var probe = Import(key);
            return probe.KeySize >= SmallestKeyBits
                ? new PublicKey<RSA>(
                    () => Import(key),
                    static (rsa, hash, signature) => rsa.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static RSA Import(byte[] key)
    {
        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key, out _);
        return rsa;
    }
}
