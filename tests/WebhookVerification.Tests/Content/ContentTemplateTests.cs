namespace WebhookVerification.Tests.Content;

public sealed class ContentTemplateTests
{
    [Theory]
    [InlineData("{bdy}", "\"{bdy}\" is no placeholder; legal are {body}")]
    [InlineData("{body:x}", "\"{body:x}\" is no placeholder")]
    [InlineData("{header:}", "\"{header:}\" is no placeholder")]
    [InlineData("{body}{body}", "\"{body}\" may stand there once")]
    [InlineData("{body", "the \"{\" at character 1 is not closed")]
    [InlineData("v0:}{body}", "the \"}\" at character 4 closes nothing")]
    public void WrongTemplate_SaysWhere(string template, string message)
    {
        var error = Assert.Single(TestScheme.ErrorsOf(With(template)));

        Assert.Equal("$.content", error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{body}", "B")]
    [InlineData("v0:{body}:é", "v0:B:é")]
    [InlineData("{{{body}}}", "{B}")]
    [InlineData("{header:X-Id}.{body}.{header:x-id}", "id.B.id")]
    public void Template_IsFilled(string template, string content)
    {
        var request = new TestRequest().With("X-Id", "id").With("X-Sig", Mac.Hex("key", content));

        Assert.True(TestScheme.Verifier(With(template), "key").Judge(request, "B").IsVerified);
    }

    [Fact]
    public void HeaderBytes_AreSignedAsReceived()
    {
        // Latin-1: one char is one byte, whatever the sender meant by it.
        var request = new TestRequest().With("X-Id", "\u00c3\u00a9").With("X-Sig", Mac.Hex("key", "é"));

        Assert.True(TestScheme.Verifier(With("{header:X-Id}"), "key").Judge(request).IsVerified);
    }

    [Fact]
    public void SignedHeaderAbsentOrTwice_IsRefusedBeforeTheBody()
    {
        var verifier = TestScheme.Verifier(With("{header:X-Id}{body}"), "key");
        var signed = new TestRequest().With("X-Sig", Mac.Hex("key", "id"));

        Assert.Equal(VerificationOutcome.SignatureMissing, verifier.Preflight(signed, new Evidence(), TestScheme.Now));
        Assert.Equal(VerificationOutcome.Verified, verifier.Preflight(signed.With("X-Id", "id"), new Evidence(), TestScheme.Now));
        Assert.Equal(VerificationOutcome.SignatureMalformed, verifier.Preflight(signed.With("X-Id", "id"), new Evidence(), TestScheme.Now));
    }

    private static string With(string template) =>
        $$"""{ "algorithm": "hmac-sha256", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{{template}}" }""";
}
