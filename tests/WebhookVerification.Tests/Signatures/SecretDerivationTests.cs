using System.Text;

namespace WebhookVerification.Tests.Signatures;

public sealed class SecretDerivationTests
{
    [Fact]
    public void Suffix_IsPartOfTheKey() =>
        Assert.True(TestScheme.Verifier(With("""{ "suffix": "&" }""", "hex"), "key").Judge(new TestRequest().With("X-Sig", Mac.Hex("key&", "B")), "B").IsVerified);

    [Fact]
    public void DerivedKey_IsTheHashOfTheSecret()
    {
        var signature = Convert.ToHexString(Mac.Sha256(Convert.FromHexString("a62f2225bf70bfaccbc7f1ef2a397836717377de"), "B"));

        Assert.True(TestScheme.Verifier(With("""{ "derive": "sha1" }""", "hex"), "key").Judge(new TestRequest().With("X-Sig", signature), "B").IsVerified);
    }

    [Fact]
    public void Base64OfHexDigits_IsDecodedTwice()
    {
        var verifier = TestScheme.Verifier(With("{}", "base64-hex"), "key");

        Assert.True(verifier.Judge(new TestRequest().With("X-Sig", Base64(Mac.Hex("key", "B"))), "B").IsVerified);
        Assert.Equal(
            VerificationOutcome.SignatureMalformed,
            verifier.Judge(new TestRequest().With("X-Sig", Convert.ToBase64String(Mac.Sha256("key", "B"))), "B").Outcome);
    }

    [Theory]
    [InlineData("1", VerificationOutcome.Verified)]
    [InlineData("2", VerificationOutcome.SignatureMalformed)]
    [InlineData("", VerificationOutcome.SignatureMissing)]
    [InlineData(null, VerificationOutcome.SignatureMissing)]
    public void RequiredValue_HasToStandThere(string? version, VerificationOutcome expected)
    {
        var scheme = With("""{}, "require": { "header:X-Version": "1" }""", "hex");
        var request = new TestRequest().With("X-Sig", Mac.Hex("key", "B"));
        request = version is null ? request : request.With("X-Version", version);

        Assert.Equal(expected, TestScheme.Verifier(scheme, "key").Judge(request, "B").Outcome);
    }

    [Fact]
    public void NumberedHeaders_AreAllTried()
    {
        var scheme = With("{}", "hex").Replace("header:X-Sig", "header:X-Sig-*", StringComparison.Ordinal);
        var request = new TestRequest().With("X-Sig-1", Mac.Hex("other", "B")).With("X-Sig-3", Mac.Hex("key", "B"));

        Assert.True(TestScheme.Verifier(scheme, "key").Judge(request, "B").IsVerified);
        Assert.Equal(VerificationOutcome.SignatureMissing, TestScheme.Verifier(scheme, "key").Judge(new TestRequest().With("X-Sig-17", Mac.Hex("key", "B")), "B").Outcome);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string With(string secret, string encoding) =>
        $$"""{ "algorithm": "hmac-sha256", "secret": {{secret}}, "signature": { "in": "header:X-Sig", "encoding": "{{encoding}}" }, "content": "{body}" }""";
}
