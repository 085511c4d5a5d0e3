namespace WebhookVerification.Tests.Signatures;

public sealed class SignatureListTests
{
    private const string Body = """{"id":1}""";
    private const string Time = "1700000000";
    private static readonly string Good = Mac.Hex("key", $"{Time}.{Body}");
    private static readonly string Bad = new('0', 64);

    private const string Named = """
        {
          "algorithm": "hmac-sha256",
          "signature": { "in": "header:X-Sig", "list": { "separator": ", ", "assign": "=", "signature": "v1", "timestamp": "t" }, "encoding": "hex" },
          "timestamp": { "format": "unix" }, "content": "{timestamp}.{body}"
        }
        """;

    private const string Positional = """
        {
          "algorithm": "hmac-sha256",
          "signature": { "in": "header:X-Sig", "list": { "separator": ",", "signature": "1..", "timestamp": "0" }, "encoding": "hex" },
          "timestamp": { "format": "unix" }, "content": "{timestamp}.{body}"
        }
        """;

    private const string Tagged = """
        {
          "algorithm": "hmac-sha256",
          "signature": { "in": "header:X-Sig", "list": { "separator": " ", "assign": ",", "signature": ["v1", "v2"] }, "encoding": "hex" },
          "content": "{body}"
        }
        """;

    [Theory]
    [InlineData("t={t},v1={good}", VerificationOutcome.Verified)]
    [InlineData("v1={good},t={t}", VerificationOutcome.Verified)]
    [InlineData("t={t}, v1={good}", VerificationOutcome.Verified)]
    [InlineData("t = {t} , v1 = {good}", VerificationOutcome.SignatureMalformed)]
    [InlineData("t={t},v1={bad},v1={good}", VerificationOutcome.Verified)]
    [InlineData("t={t},v1={good},v1={bad},v0=zz,x=", VerificationOutcome.Verified)]
    [InlineData("t={t},v1={bad}", VerificationOutcome.SignatureMismatch)]
    [InlineData("t={t},v1=zz", VerificationOutcome.SignatureMalformed)]
    [InlineData("t={t},v1=", VerificationOutcome.SignatureMalformed)]
    [InlineData("t={t},\u00a0v1={good}", VerificationOutcome.SignatureMissing)]
    [InlineData("t=\u0085{t},v1={good}", VerificationOutcome.TimestampMalformed)]
    [InlineData("t={t},v1={good},v1=zz", VerificationOutcome.SignatureMalformed)]
    [InlineData("t={t},V1={good}", VerificationOutcome.SignatureMissing)]
    [InlineData("t={t}", VerificationOutcome.SignatureMissing)]
    [InlineData("t={t},nonsense,v1={good}", VerificationOutcome.SignatureMalformed)]
    [InlineData("v1={good}", VerificationOutcome.TimestampMissing)]
    [InlineData("t=,v1={good}", VerificationOutcome.TimestampMissing)]
    [InlineData("t={t},t=1700000001,v1={good}", VerificationOutcome.SignatureMalformed)]
    [InlineData("t=abc,v1={good}", VerificationOutcome.TimestampMalformed)]
    [InlineData(",,,", VerificationOutcome.SignatureMissing)]
    public void NamedFields_AreReadInAnyOrder(string format, VerificationOutcome expected) =>
        Assert.Equal(expected, Judge(Named, format));

    [Theory]
    [InlineData("{t},{good}", VerificationOutcome.Verified)]
    [InlineData("{t},{bad},{good}", VerificationOutcome.Verified)]
    [InlineData("{t}", VerificationOutcome.SignatureMissing)]
    [InlineData("{t},", VerificationOutcome.SignatureMalformed)]
    [InlineData("{good},{t}", VerificationOutcome.SignatureMalformed)]
    [InlineData(",{good}", VerificationOutcome.TimestampMissing)]
    public void Positions_AreReadFromTheFirst(string format, VerificationOutcome expected) =>
        Assert.Equal(expected, Judge(Positional, format));

    [Theory]
    [InlineData("v1,{body}", VerificationOutcome.Verified)]
    [InlineData("v1a,AAAA v2,{body}", VerificationOutcome.Verified)]
    [InlineData("v1a,{body}", VerificationOutcome.SignatureMissing)]
    [InlineData("{body}", VerificationOutcome.SignatureMalformed)]
    public void TaggedList_SkipsOtherTags(string format, VerificationOutcome expected) =>
        Assert.Equal(expected, Judge(Tagged, format));

    [Fact]
    public void AsManySignaturesAsAreLegal_AreAllTried()
    {
        Assert.Equal(VerificationOutcome.Verified, Judge(Named, "t={t}" + string.Concat(Enumerable.Repeat(",v1={bad}", 15)) + ",v1={good}"));
        Assert.Equal(VerificationOutcome.SignatureMalformed, Judge(Named, "t={t}" + string.Concat(Enumerable.Repeat(",v1={bad}", 16)) + ",v1={good}"));
    }

    [Theory]
    [InlineData("v1=ab,", 1_000)]
    [InlineData("x=y,", 1_000)]
    [InlineData(",", 4_096)]
    public void ThousandFields_AreRefusedUnread(string field, int count) =>
        Assert.Equal(VerificationOutcome.SignatureMalformed, Judge(Named, string.Concat(Enumerable.Repeat(field, count)) + "t={t},v1={good}"));

    private static VerificationOutcome Judge(string scheme, string format) =>
        TestScheme.Verifier(scheme, "key").Judge(new TestRequest().With("X-Sig", format
            .Replace("{t}", Time, StringComparison.Ordinal)
            .Replace("{good}", Good, StringComparison.Ordinal)
            .Replace("{bad}", Bad, StringComparison.Ordinal)
            .Replace("{body}", Mac.Hex("key", Body), StringComparison.Ordinal)), Body).Outcome;
}
