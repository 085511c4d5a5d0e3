using System.Numerics;

namespace WebhookVerification.Tests.Signatures;

public sealed class Ed25519Tests
{
    private const string Scheme = """
        { "algorithm": "ed25519", "secret": { "encoding": "hex" }, "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{body}" }
        """;

    // RFC 8032, section 7.1, test 3.
    private const string Key = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
    private const string Signature =
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

    private static readonly byte[] Message = [0xaf, 0x82];

    [Fact]
    public void PublishedVector_IsVerified()
    {
        var verifier = TestScheme.Verifier(Scheme, Key);

        Assert.True(Judge(verifier, Signature).IsVerified);
        Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(new TestRequest().With("X-Sig", Signature), new byte[] { 0xaf, 0x83 }).Outcome);
        Assert.Equal(VerificationOutcome.SignatureMalformed, Judge(verifier, Signature[2..]).Outcome);
    }

    [Fact]
    public void MessageInPieces_IsTheSameMessage() =>
        Assert.True(TestScheme.Verifier(Scheme, Key).Judge(new TestRequest().With("X-Sig", Signature), Pieces.Of(Message, 1), new Evidence()).IsVerified);

    [Fact]
    public void SubjectPublicKeyInfo_IsTheSameKey()
    {
        var pem = Convert.ToBase64String(Convert.FromHexString("302a300506032b6570032100" + Key));

        Assert.True(Judge(TestScheme.Verifier(Scheme.Replace("\"secret\": { \"encoding\": \"hex\" }", "\"secret\": { \"encoding\": \"pem\" }", StringComparison.Ordinal), pem), Signature).IsVerified);
    }

    [Fact]
    public void UnreducedS_IsAMismatch()
    {
        // S + L is the same number modulo L; who accepts it accepts two signatures for one message.
        var bytes = Convert.FromHexString(Signature);
        var s = new BigInteger(bytes.AsSpan(32), isUnsigned: true) + BigInteger.Pow(2, 252)
            + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
        s.TryWriteBytes(bytes.AsSpan(32), out _, isUnsigned: true);

        Assert.Equal(VerificationOutcome.SignatureMismatch, Judge(TestScheme.Verifier(Scheme, Key), Convert.ToHexString(bytes)).Outcome);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb9115489080")]
    public void KeyOfSmallOrderOrLength_IsAnError(string key) => Assert.Single(TestScheme.SecretErrors(Scheme, key));

    [Fact]
    public void ManyThreads_ShareOneKey()
    {
        var verifier = TestScheme.Verifier(Scheme, Key);

        Parallel.For(0, 500, _ => Assert.True(Judge(verifier, Signature).IsVerified));
    }

    [Fact]
    public void SecretKeyInsteadOfThePublicOne_IsAMismatch() =>
        Assert.False(Judge(TestScheme.Verifier(Scheme, "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"), Signature).IsVerified);

    private static VerificationResult Judge(WebhookVerifier verifier, string signature) =>
        verifier.Judge(new TestRequest().With("X-Sig", signature), Message);
}
