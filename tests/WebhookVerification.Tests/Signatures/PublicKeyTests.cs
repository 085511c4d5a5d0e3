using System.Security.Cryptography;
using System.Text;

namespace WebhookVerification.Tests.Signatures;

public sealed class PublicKeyTests
{
    private const string Body = "The quick brown fox";

    [Theory]
    [InlineData("pem")]
    [InlineData("base64")]
    public void GenuineEcdsaSignature_IsVerified(string encoding)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = key.SignData(Encoding.UTF8.GetBytes(Body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var verifier = TestScheme.Verifier(Scheme("ecdsa-p256-sha256", encoding), Export(key, encoding));

        Assert.True(verifier.Judge(Signed(signature), Body).IsVerified);
        Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(Signed(signature), Body + "!").Outcome);
    }

    [Fact]
    public void EcdsaKeyAsPoint_IsTheSameKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var secret = Convert.ToBase64String([4, .. point.X!, .. point.Y!]);
        var signature = key.SignData(Encoding.UTF8.GetBytes(Body), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        Assert.True(TestScheme.Verifier(Scheme("ecdsa-p256-sha256", "base64"), secret).Judge(Signed(signature), Body).IsVerified);
    }

    [Fact]
    public void GenuineRsaSignature_IsVerified()
    {
        using var key = RSA.Create(2048);
        var signature = key.SignData(Encoding.UTF8.GetBytes(Body), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var verifier = TestScheme.Verifier(Scheme("rsa-pkcs1-sha256", "pem"), key.ExportSubjectPublicKeyInfoPem());

        Assert.True(verifier.Judge(Signed(signature), Body).IsVerified);
        Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(Signed(signature), Body + "!").Outcome);
        Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(Signed(
            key.SignData(Encoding.UTF8.GetBytes(Body), HashAlgorithmName.SHA256, RSASignaturePadding.Pss)), Body).Outcome);
    }

    [Theory]
    [InlineData("ecdsa-p256-sha256")]
    [InlineData("rsa-pkcs1-sha256")]
    public void SignatureOfAnotherForm_IsAMismatch(string algorithm)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        AsymmetricAlgorithm key = algorithm.StartsWith("rsa", StringComparison.Ordinal) ? rsa : ec;
        var verifier = TestScheme.Verifier(Scheme(algorithm, "pem"), key.ExportSubjectPublicKeyInfoPem());
        var random = new Random(1);

        foreach (var length in new[] { 1, 6, 8, 64, 70, 72, 255, 256, 257, 3_000 })
        {
            var signature = new byte[length];
            random.NextBytes(signature);
            Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(Signed(signature), Body).Outcome);
        }

        byte[][] degenerate = [[0x30, 0], [0x30, 6, 2, 1, 0, 2, 1, 0], [0x30, 6, 2, 1, 1, 2, 1, 1], [0x30, 0x80], new byte[256]];
        Assert.All(degenerate, signature => Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(Signed(signature), Body).Outcome));
    }

    [Fact]
    public void KeyOfAnotherKind_IsAnErrorThatDoesNotShowIt()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var small = RSA.Create(1024);
        using var rsa = RSA.Create(2048);

        Assert.Contains("P-256", ErrorOf("ecdsa-p256-sha256", p384.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
        Assert.Contains("P-256", ErrorOf("ecdsa-p256-sha256", rsa.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
        Assert.Contains("2048 bits", ErrorOf("rsa-pkcs1-sha256", small.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
        Assert.Contains("public key in PEM", ErrorOf("rsa-pkcs1-sha256", rsa.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Contains("32 bytes", ErrorOf("ed25519", rsa.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
    }

    [Fact]
    public void ManyThreads_ShareOneKey()
    {
        using var key = RSA.Create(2048);
        var signature = key.SignData(Encoding.UTF8.GetBytes(Body), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var verifier = TestScheme.Verifier(Scheme("rsa-pkcs1-sha256", "pem"), key.ExportSubjectPublicKeyInfoPem());

        Parallel.For(0, 500, _ => Assert.True(verifier.Judge(Signed(signature), Body).IsVerified));
    }

    private static string Export(ECDsa key, string encoding) =>
        encoding == "pem" ? key.ExportSubjectPublicKeyInfoPem() : Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static string ErrorOf(string algorithm, string secret)
    {
        var message = Assert.Single(TestScheme.SecretErrors(Scheme(algorithm, "pem"), secret)).Message;
        Assert.DoesNotContain(secret[40..60], message, StringComparison.Ordinal);
        return message;
    }

    private static TestRequest Signed(byte[] signature) => new TestRequest().With("X-Sig", Convert.ToBase64String(signature));

    private static string Scheme(string algorithm, string encoding) =>
        $$"""
        { "algorithm": "{{algorithm}}", "secret": { "encoding": "{{encoding}}" },
          "signature": { "in": "header:X-Sig", "encoding": "base64" }, "content": "{body}" }
        """;
}
