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
    [InlineData("sha256", "{body}", "anybody could compute")]
    [InlineData("sha1", "{body}{secret}{body}", "may stand there once")]
    [InlineData("sha256", "{body}{secret}{method}", "first or last")]
    [InlineData("sha256", "{secret}{body}{secret}", "first or last")]
    [InlineData("hmac-sha256", "{secret}{body}", "only hashes without a key")]
    public void SecretInTheWrongPlace_IsAnError(string algorithm, string template, string message) =>
        Assert.Contains(TestScheme.ErrorsOf(Scheme(algorithm, template)), error => error.Message.Contains(message, StringComparison.Ordinal));

    private static string Scheme(string algorithm, string template) =>
        $$"""{ "algorithm": "{{algorithm}}", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{{template}}" }""";
}
