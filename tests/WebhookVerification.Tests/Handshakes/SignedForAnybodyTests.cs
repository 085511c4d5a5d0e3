using System.Security.Cryptography;
using System.Text;

namespace WebhookVerification.Tests.Handshakes;

/// <summary>Whoever may have a token signed must not be able to pass the token off as signed content.</summary>
public sealed class SignedForAnybodyTests
{
    private const string Key = "the key of the policy";

    [Theory]
    [InlineData("12345", VerificationOutcome.SignatureMismatch)]
    [InlineData("true", VerificationOutcome.SignatureMismatch)]
    [InlineData("{}", VerificationOutcome.Verified)]
    [InlineData("12345 ", VerificationOutcome.Verified)]
    public void ContentOfATokensForm_IsNoProofHoweverWellSigned(string body, VerificationOutcome expected)
    {
        var verifier = TestScheme.Verifier(Scheme(signed: false), Key);
        Assert.Equal(expected, verifier.Judge(Signed(body), body).Outcome);
    }

    [Fact]
    public void ContentLongerThanAToken_IsJudgedByItsSignature()
    {
        var verifier = TestScheme.Verifier(Scheme(signed: false), Key);
        var body = new string('a', 129);
        Assert.Equal(VerificationOutcome.Verified, verifier.Judge(Signed(body), body).Outcome);
    }

    [Fact]
    public void HandshakeThatIsSignedItself_TakesNothingAway()
    {
        var verifier = TestScheme.Verifier(Scheme(signed: true), Key);
        Assert.Equal(VerificationOutcome.Verified, verifier.Judge(Signed("12345"), "12345").Outcome);
    }

    private static TestRequest Signed(string body) => new TestRequest().With(
        "X-Sig", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(body))));

    private static string Scheme(bool signed) => $$"""
        {
          "algorithm": "hmac-sha256", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{body}",
          "handshakes": [{
            "signed": {{(signed ? "true" : "false")}}, "match": { "method": "GET", "has": "query:token" }, "tokenPattern": "[a-z0-9]{1,128}",
            "respond": { "body": "{hmac:query:token:hex}" }
          }]
        }
        """;
}
