using System.Buffers;
using System.Text;

namespace WebhookVerification.Tests.Signatures;

public sealed class HmacTests
{
    private const string Body = """{"event":"é"}""";

    [Theory]
    [InlineData("hmac-sha1")]
    [InlineData("hmac-sha256")]
    [InlineData("hmac-sha384")]
    [InlineData("hmac-sha512")]
    public void GenuineSignature_IsVerified(string algorithm)
    {
        var scheme = TestScheme.HexInHeader.Replace("hmac-sha256", algorithm, StringComparison.Ordinal);
        var mac = algorithm switch
        {
            "hmac-sha1" => Mac.Sha1("key", Body),
            "hmac-sha384" => Mac.Sha384("key", Body),
            "hmac-sha512" => Mac.Sha512("key", Body),
            _ => Mac.Sha256("key", Body),
        };

        var result = TestScheme.Verifier(scheme, "key").Judge(new TestRequest().With("X-Sig", Convert.ToHexString(mac)), Body);

        Assert.Equal(new VerificationResult(VerificationOutcome.Verified, 0), result);
    }

    [Fact]
    public void SecondSecret_IsTriedAndNamed()
    {
        var request = new TestRequest().With("X-Sig", Mac.Hex("previous", Body));

        var result = TestScheme.Verifier(TestScheme.HexInHeader, "current", "previous").Judge(request, Body);

        Assert.Equal(new VerificationResult(VerificationOutcome.Verified, 1), result);
    }

    [Fact]
    public void OneFlippedBitInBodyOrSignature_IsAMismatch()
    {
        var verifier = TestScheme.Verifier(TestScheme.HexInHeader, "key");
        var signature = Mac.Sha256("key", Body);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            var forged = new TestRequest().With("X-Sig", Convert.ToHexString(signature));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(forged, Body).Outcome);
        }

        var body = Encoding.UTF8.GetBytes(Body);
        var request = new TestRequest().With("X-Sig", Convert.ToHexString(signature));
        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(request, body).Outcome);
            body[i] ^= 1;
        }

        Assert.True(verifier.Judge(request, body).IsVerified);
    }

    [Fact]
    public void BodyInPieces_IsTheSameBody()
    {
        var verifier = TestScheme.Verifier(TestScheme.HexInHeader, "key");
        var request = new TestRequest().With("X-Sig", Mac.Hex("key", Body));

        var result = verifier.Judge(request, Pieces.Of(Encoding.UTF8.GetBytes(Body), size: 1), new Evidence());

        Assert.True(result.IsVerified);
    }

    [Fact]
    public void EvidenceUsedAgain_RemembersNothing()
    {
        var verifier = TestScheme.Verifier(TestScheme.HexInHeader, "key");
        var evidence = new Evidence();
        var body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Body));

        Assert.True(verifier.Judge(new TestRequest().With("X-Sig", Mac.Hex("key", Body)), body, evidence).IsVerified);

        Assert.Equal(VerificationOutcome.SignatureMissing, verifier.Judge(new TestRequest(), body, evidence).Outcome);
        Assert.Equal(
            VerificationOutcome.SignatureMismatch,
            verifier.Judge(new TestRequest().With("X-Sig", Mac.Hex("other", Body)), body, evidence).Outcome);
    }

    [Fact]
    public void ManyThreads_ShareOneVerifier()
    {
        var verifier = TestScheme.Verifier(TestScheme.HexInHeader, "key");

        Parallel.For(0, 2_000, i =>
        {
            var body = $"body {i}";
            Assert.True(verifier.Judge(new TestRequest().With("X-Sig", Mac.Hex("key", body)), body).IsVerified);
        });
    }
}
