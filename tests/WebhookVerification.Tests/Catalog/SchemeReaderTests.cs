namespace WebhookVerification.Tests.Catalog;

public sealed class SchemeReaderTests
{
    private const string Signature = """ "signature": { "in": "header:X-Sig", "encoding": "hex" } """;

    [Theory]
    [InlineData("{}", "The key 'algorithm' is required.", "The key 'signature' is required.", "The key 'content' is required.")]
    [InlineData("""{ "algorithm": "hmac-sha256", "signature": { "encoding": "hex" }, "content": "{body}" }""", "The key 'in' is required.")]
    [InlineData("""{ "algorithm": "hmac-sha256", "signature": { "in": "header:X" }, "content": "{body}" }""", "The key 'encoding' is required.")]
    [InlineData($$"""{ "algorithm": "hmac-sha256", {{Signature}}, "content": "{timestamp}{body}" }""", "no 'timestamp' says where")]
    [InlineData(
        $$"""{ "algorithm": "hmac-sha256", {{Signature}}, "timestamp": { "in": "header:T", "format": "unix" }, "content": "{body}" }""",
        "a time that is not signed proves nothing")]
    [InlineData(
        $$"""{ "algorithm": "hmac-sha256", {{Signature}}, "timestamp": { "format": "unix" }, "content": "{timestamp}{body}" }""",
        "'signature.list.timestamp'")]
    [InlineData(
        $$"""{ "algorithm": "hmac-sha256", {{Signature}}, "content": "{body}", "deliveryId": "header:X-Id" }""",
        "an id that is not signed proves nothing")]
    [InlineData(
        """{ "algorithm": "hmac-sha256", "signature": { "in": "header:X", "encoding": "hex", "list": { "separator": ",", "signature": "v1" } }, "content": "{body}" }""",
        "selects no field; without 'assign', fields count by position")]
    [InlineData(
        """{ "algorithm": "hmac-sha256", "signature": { "in": "header:X", "encoding": "hex", "list": { "separator": ",", "assign": "==", "signature": "v1" } }, "content": "{body}" }""",
        "expected one character")]
    public void SchemeThatDoesNotHoldTogether_SaysWhy(string json, params string[] messages)
    {
        var errors = TestScheme.ErrorsOf(json);

        Assert.Equal(messages.Length, errors.Count);
        Assert.All(messages.Zip(errors), pair => Assert.Contains(pair.First, pair.Second.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void AbsentPrefixAndSecret_HaveTheirDefaults()
    {
        var scheme = TestScheme.Parse(TestScheme.HexInHeader);

        Assert.False(scheme.SignsTime);
        Assert.True(scheme.SignsBody);
        Assert.False(scheme.SignsDeliveryId);
    }
}
