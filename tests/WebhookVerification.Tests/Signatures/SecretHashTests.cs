using System.Security.Cryptography;
using System.Text;

namespace WebhookVerification.Tests.Signatures;

public sealed class SecretHashTests
{
    [Theory]
    [InlineData("{secret}{method}{body}", "keyPOSTB")]
    [InlineData("{body}{method}{secret}", "BPOSTkey")]
    [InlineData("{secret}", "key")]
    public void HashOverSecretAndContent_IsVerified(string template, string hashed)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)));
        var verifier = TestScheme.Verifier(Scheme("sha256", template), "other", "key");

        Assert.Equal(new VerificationResult(VerificationOutcome.Verified, 1), verifier.Judge(new TestRequest().With("X-Sig", digest), "B"));
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public void ContentContinuedBehindThePaddingOfItsHash_IsAMismatch(string algorithm)
    {
        // What an attacker sends who knows the hash of "keyold": its hash is right, and can be had without the key.
        byte[] extended = [.. "old"u8, 0x80, .. new byte[64 - "keyold".Length - 2], 8 * 6, .. "new"u8];

        Assert.Equal(VerificationOutcome.SignatureMismatch, Judge(algorithm, "{secret}{body}", extended));
        Assert.Equal(VerificationOutcome.Verified, Judge(algorithm, "{body}{secret}", extended));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0 })]
    [InlineData(new byte[] { (byte)'a', 0x80 })]
    [InlineData(new byte[] { 0xe2, 0x82 })]
    [InlineData(new byte[] { 0xe2, 0x82, (byte)'a' })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xf0, 0x9f, 0x98, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xff, (byte)'a', (byte)'b', (byte)'c' })]
    public void ContentThatIsNoTextBehindTheSecret_IsAMismatch(byte[] body)
    {
        for (var piece = 1; piece <= body.Length; piece++)
        {
            Assert.Equal(VerificationOutcome.SignatureMismatch, Judge("sha256", "{secret}{body}", body, piece));
            Assert.Equal(VerificationOutcome.SignatureMismatch, Judge("sha256", "{secret}{method}{body}€", body, piece));
            Assert.Equal(VerificationOutcome.Verified, Judge("sha256", "{body}{secret}", body, piece));
        }
    }

    [Fact]
    public void UnicodeInPieces_IsVerified()
    {
        var body = Encoding.UTF8.GetBytes("é€\U0001F600x\U0001F600\U0001F600€€éé\ufeff");
        for (var piece = 1; piece <= body.Length; piece++)
        {
            Assert.Equal(VerificationOutcome.Verified, Judge("sha256", "{secret}{method}{body}€", body, piece));
        }
    }

    [Theory]
    [InlineData("sha256", "{body}", "anybody could compute")]
    [InlineData("sha1", "{body}{secret}{body}", "may stand there once")]
    [InlineData("sha256", "{body}{secret}{method}", "first or last")]
    [InlineData("sha256", "{secret}{body}{secret}", "first or last")]
    [InlineData("hmac-sha256", "{secret}{body}", "only hashes without a key")]
    public void SecretInTheWrongPlace_IsAnError(string algorithm, string template, string message) =>
        Assert.Contains(TestScheme.ErrorsOf(Scheme(algorithm, template)), error => error.Message.Contains(message, StringComparison.Ordinal));

    private static VerificationOutcome Judge(string algorithm, string template, byte[] body, int piece = int.MaxValue)
    {
        var parts = template.Replace("{secret}", "key", StringComparison.Ordinal).Replace("{method}", "POST", StringComparison.Ordinal)
            .Split("{body}");
        byte[] hashed = [.. Encoding.UTF8.GetBytes(parts[0]), .. body, .. Encoding.UTF8.GetBytes(parts[1])];
        var digest = CryptographicOperations.HashData(algorithm == "sha1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, hashed);
        var request = new TestRequest().With("X-Sig", Convert.ToHexStringLower(digest));
        return TestScheme.Verifier(Scheme(algorithm, template), "key").Judge(request, Pieces.Of(body, Math.Min(piece, body.Length)), new Evidence()).Outcome;
    }

    private static string Scheme(string algorithm, string template) =>
        $$"""{ "algorithm": "{{algorithm}}", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{{template}}" }""";
}
