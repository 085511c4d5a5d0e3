using System.Text;

namespace WebhookVerification.Tests.Signatures;

public sealed class TokenTests
{
    private const string InHeader = """{ "algorithm": "token", "signature": { "in": "header:X-Token" } }""";
    private const string InItems = """{ "algorithm": "token", "each": "/value", "signature": { "in": "json:/clientState" } }""";
    private const string Basic = """{ "algorithm": "basic" }""";

    [Theory]
    [InlineData("s3cret", VerificationOutcome.Verified)]
    [InlineData("s3cre", VerificationOutcome.SignatureMismatch)]
    [InlineData("s3cret ", VerificationOutcome.SignatureMismatch)]
    [InlineData("", VerificationOutcome.SignatureMissing)]
    public void TokenInHeader_IsComparedWhole(string token, VerificationOutcome expected) =>
        Assert.Equal(expected, TestScheme.Verifier(InHeader, "s3cret").Judge(new TestRequest().With("X-Token", token), "anything").Outcome);

    [Fact]
    public void TokenOutsideLatin1_IsItsUtf8Bytes() =>
        Assert.True(TestScheme.Verifier(InHeader, "é").Judge(new TestRequest().With("X-Token", "\u00c3\u00a9")).IsVerified);

    [Fact]
    public void BearerToken_HasAPrefix() =>
        Assert.True(TestScheme.Verifier("""{ "algorithm": "token", "signature": { "in": "header:Authorization", "prefix": "Bearer " } }""", "t")
            .Judge(new TestRequest().With("Authorization", "Bearer t")).IsVerified);

    [Theory]
    [InlineData("query:code", "/h?code=t", "")]
    [InlineData("json:/passcode", "/h", """{"passcode":"t"}""")]
    public void TokenElsewhere_IsFound(string source, string target, string body)
    {
        var verifier = TestScheme.Verifier($$"""{ "algorithm": "token", "signature": { "in": "{{source}}" } }""", "t");

        Assert.True(verifier.Judge(new TestRequest { Target = target }, body).IsVerified);
        Assert.Equal(
            VerificationOutcome.SignatureMismatch,
            verifier.Judge(new TestRequest { Target = target.Replace("=t", "=u", StringComparison.Ordinal) }, body.Replace(":\"t", ":\"u", StringComparison.Ordinal)).Outcome);
    }

    [Theory]
    [InlineData("""{"value":[{"clientState":"t"}]}""", VerificationOutcome.Verified)]
    [InlineData("""{"value":[{"clientState":"t"},{"clientState":"t"}]}""", VerificationOutcome.Verified)]
    [InlineData("""{"value":[{"clientState":"t"},{"clientState":"u"}]}""", VerificationOutcome.SignatureMismatch)]
    [InlineData("""{"value":[{"clientState":"u"},{"clientState":"t"}]}""", VerificationOutcome.SignatureMismatch)]
    [InlineData("""{"value":[{"clientState":"t"},{}]}""", VerificationOutcome.SignatureMissing)]
    [InlineData("""{"value":[{"clientState":"t"},5]}""", VerificationOutcome.SignatureMissing)]
    [InlineData("""{"value":[{"clientState":"t","clientState":"t"}]}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"value":[]}""", VerificationOutcome.SignatureMissing)]
    [InlineData("""{"value":{"clientState":"t"}}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{"value":"t"}""", VerificationOutcome.SignatureMalformed)]
    [InlineData("""{}""", VerificationOutcome.SignatureMissing)]
    [InlineData("""{"value":[{"clientState":"t"}]""", VerificationOutcome.SignatureMalformed)]
    public void EveryItem_MustCarryTheToken(string body, VerificationOutcome expected)
    {
        Assert.Equal(expected, TestScheme.Verifier(InItems, "t").Judge(new TestRequest(), body).Outcome);
        Assert.Equal(
            expected,
            TestScheme.Verifier(InItems, "t").Judge(new TestRequest(), Pieces.Of(Encoding.UTF8.GetBytes(body), 1), new Evidence()).Outcome);
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz", VerificationOutcome.Verified)]
    [InlineData("basic dXNlcjpwYXNz", VerificationOutcome.Verified)]
    [InlineData("Basic dXNlcjpwYXNzIQ==", VerificationOutcome.SignatureMismatch)]
    [InlineData("Basic !", VerificationOutcome.SignatureMalformed)]
    [InlineData("Bearer dXNlcjpwYXNz", VerificationOutcome.SignatureMalformed)]
    [InlineData("Basic ", VerificationOutcome.SignatureMissing)]
    public void Basic_IsUserAndPassword(string authorization, VerificationOutcome expected) =>
        Assert.Equal(expected, TestScheme.Verifier(Basic, "user:pass").Judge(new TestRequest().With("Authorization", authorization)).Outcome);

    [Fact]
    public void BasicSecretWithoutColon_IsAnError() =>
        Assert.Contains("a colon between", Assert.Single(TestScheme.SecretErrors(Basic, "password")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "algorithm": "token", "signature": { "in": "header:X" }, "content": "{body}" }""")]
    [InlineData("""{ "algorithm": "token", "signature": { "in": "header:X", "encoding": "hex" } }""")]
    public void TokenWithContentOrEncoding_IsAnError(string scheme) =>
        Assert.Contains("Unknown key", Assert.Single(TestScheme.ErrorsOf(scheme)).Message, StringComparison.Ordinal);

    [Fact]
    public void Token_SignsNothing()
    {
        var scheme = TestScheme.Parse(InHeader);

        Assert.False(scheme.SignsBody || scheme.SignsTime || scheme.SignsDeliveryId);
    }
}
