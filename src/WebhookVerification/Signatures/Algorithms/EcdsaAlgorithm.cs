using System.Security.Cryptography;
using WebhookVerification.Content;

namespace WebhookVerification.Signatures.Algorithms;

/// <summary>ECDSA over P-256 and SHA-256; a signature is the DER sequence of r and s.</summary>
internal sealed class EcdsaAlgorithm() : SignatureAlgorithm("ecdsa-p256-sha256", signatureLength: null)
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const byte Uncompressed = 4;
    private const int CoordinateSize = 32;

    public override string KeyDescription => "a P-256 public key: its SubjectPublicKeyInfo, or the 65 bytes of its point";

    public override VerificationKey? CreateKey(byte[] key, SecretPlace place)
    {
        try
        {
            using var probe = Import(key);
            return probe.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256
                ? new PublicKey<ECDsa>(() => Import(key), Verify)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool Verify(ECDsa ecdsa, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        Span<byte> numbers = stackalloc byte[2 * CoordinateSize];
        return EcdsaSignature.TryReadDer(signature, numbers)
            && ecdsa.VerifyHash(hash, numbers, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ECDsa Import(byte[] key)
    {
        var ecdsa = ECDsa.Create();
        if (key is [Uncompressed, ..] && key.Length == 1 + (2 * CoordinateSize))
        {
            ecdsa.ImportParameters(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = key[1..(1 + CoordinateSize)], Y = key[(1 + CoordinateSize)..] },
            });
        }
        else
        {
            ecdsa.ImportSubjectPublicKeyInfo(key, out _);
        }

        return ecdsa;
    }
}
