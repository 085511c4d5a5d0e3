namespace WebhookVerification.Tests.Signatures;

public sealed class SignatureFieldTests
{
    private const string Body = "{}";
    private static readonly string Hex = Mac.Hex("key", Body);
    private static readonly byte[] Bytes = Mac.Sha256("key", Body);

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("zz")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData(" {0}")]
    [InlineData("{0} ")]
    [InlineData("{0}00")]
    [InlineData("{0},{0}")]
    [InlineData("sha256={0}")]
    [InlineData("0x{0}")]
    public void HexOfAnotherForm_IsMalformedOrMissing(string format)
    {
        var value = format.Replace("{0}", Hex, StringComparison.Ordinal);

        var outcome = TestScheme.Verifier(TestScheme.HexInHeader, "key").Judge(new TestRequest().With("X-Sig", value), Body).Outcome;

        Assert.Equal(value.Length == 0 ? VerificationOutcome.SignatureMissing : VerificationOutcome.SignatureMalformed, outcome);
    }

    [Fact]
    public void NoHeader_IsMissing() =>
        Assert.Equal(VerificationOutcome.SignatureMissing, TestScheme.Verifier(TestScheme.HexInHeader, "key").Judge(new TestRequest(), Body).Outcome);

    [Fact]
    public void HeaderTwice_IsMalformedEvenIfEqual() =>
        Assert.Equal(
            VerificationOutcome.SignatureMalformed,
            TestScheme.Verifier(TestScheme.HexInHeader, "key").Judge(new TestRequest().With("X-Sig", Hex).With("x-sig", Hex), Body).Outcome);

    [Fact]
    public void OverlongHeader_IsMalformed() =>
        Assert.Equal(
            VerificationOutcome.SignatureMalformed,
            TestScheme.Verifier(TestScheme.HexInHeader, "key").Judge(new TestRequest().With("X-Sig", new string('a', 100_000)), Body).Outcome);

    [Fact]
    public void HexInEitherCase_IsVerified()
    {
        var verifier = TestScheme.Verifier(TestScheme.HexInHeader, "key");

        Assert.True(verifier.Judge(new TestRequest().With("X-Sig", Hex.ToUpperInvariant()), Body).IsVerified);
        Assert.True(verifier.Judge(new TestRequest().With("X-Sig", Hex.ToLowerInvariant()), Body).IsVerified);
    }

    [Theory]
    [InlineData("base64", false, VerificationOutcome.Verified)]
    [InlineData("base64url", true, VerificationOutcome.Verified)]
    [InlineData("base64", true, VerificationOutcome.SignatureMalformed)]
    [InlineData("base64url", false, VerificationOutcome.SignatureMalformed)]
    public void Base64_IsReadInItsOwnAlphabetOnly(string encoding, bool url, VerificationOutcome expected)
    {
        // A content whose MAC has both characters in which the alphabets differ.
        var content = Enumerable.Range(0, 1_000).Select(static i => $"{i}")
            .First(static text => Convert.ToBase64String(Mac.Sha256("key", text)) is var mac && mac.Contains('+') && mac.Contains('/'));
        var signature = Convert.ToBase64String(Mac.Sha256("key", content));
        signature = url ? signature.Replace('+', '-').Replace('/', '_') : signature;

        var outcome = TestScheme.Verifier(Encoded(encoding), "key").Judge(new TestRequest().With("X-Sig", signature), content).Outcome;

        Assert.Equal(expected, outcome);
    }

    [Fact]
    public void Base64UrlWithoutPadding_IsVerified() =>
        Assert.True(TestScheme.Verifier(Encoded("base64url"), "key").Judge(
            new TestRequest().With("X-Sig", Convert.ToBase64String(Bytes).Replace('+', '-').Replace('/', '_').TrimEnd('=')), Body).IsVerified);

    [Theory]
    [InlineData("base64")]
    [InlineData("base64url")]
    public void Base64WithWhiteSpaceOrCutShort_IsMalformed(string encoding)
    {
        var verifier = TestScheme.Verifier(Encoded(encoding), "key");
        var signature = Convert.ToBase64String(Bytes);

        foreach (var wrong in new[] { signature[..20] + " " + signature[20..], signature + "\t", signature[..^4], "====", "=" + signature })
        {
            Assert.Equal(VerificationOutcome.SignatureMalformed, verifier.Judge(new TestRequest().With("X-Sig", wrong), Body).Outcome);
        }
    }

    [Fact]
    public void Prefix_MustBeThere()
    {
        var verifier = TestScheme.Verifier(
            """{ "algorithm": "hmac-sha256", "signature": { "in": "header:X-Sig", "prefix": ["sha256=", "v0="], "encoding": "hex" }, "content": "{body}" }""",
            "key");

        Assert.True(verifier.Judge(new TestRequest().With("X-Sig", "sha256=" + Hex), Body).IsVerified);
        Assert.True(verifier.Judge(new TestRequest().With("X-Sig", "v0=" + Hex), Body).IsVerified);
        Assert.Equal(VerificationOutcome.SignatureMalformed, verifier.Judge(new TestRequest().With("X-Sig", Hex), Body).Outcome);
        Assert.Equal(VerificationOutcome.SignatureMalformed, verifier.Judge(new TestRequest().With("X-Sig", "SHA256=" + Hex), Body).Outcome);
        Assert.Equal(VerificationOutcome.SignatureMissing, verifier.Judge(new TestRequest().With("X-Sig", "sha256="), Body).Outcome);
    }

    [Fact]
    public void OneOfSeveralHeaders_IsEnough()
    {
        var verifier = TestScheme.Verifier(
            """{ "algorithm": "hmac-sha256", "signature": { "in": ["header:X-Primary", "header:X-Secondary"], "encoding": "hex" }, "content": "{body}" }""",
            "key");
        var other = Mac.Hex("another key", Body);

        Assert.True(verifier.Judge(new TestRequest().With("X-Secondary", Hex), Body).IsVerified);
        Assert.True(verifier.Judge(new TestRequest().With("X-Primary", other).With("X-Secondary", Hex), Body).IsVerified);
        Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(new TestRequest().With("X-Primary", other), Body).Outcome);
        Assert.Equal(
            VerificationOutcome.SignatureMalformed,
            verifier.Judge(new TestRequest().With("X-Primary", Hex).With("X-Secondary", "nonsense"), Body).Outcome);
    }

    private static string Encoded(string encoding) => TestScheme.HexInHeader.Replace("\"hex\"", $"\"{encoding}\"", StringComparison.Ordinal);
}
