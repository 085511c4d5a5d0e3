using System.Buffers;
using System.Text;
using WebhookVerification.Replay;

namespace WebhookVerification.Tests;

/// <summary>Schemes whose signature, time and id stand in the body.</summary>
public sealed class BodyCarriedTests
{
    private const string Items = """
        { "algorithm": "hmac-sha256", "each": "/items", "signature": { "in": "json:/mac", "encoding": "hex" }, "content": "{json:/a}:[{json:/b}]" }
        """;

    private const string Mailgun = """
        { "algorithm": "hmac-sha256", "signature": { "in": "json:/signature/signature", "encoding": "hex" },
          "content": "{json:/signature/timestamp}{json:/signature/token}",
          "bodyTimestamp": { "in": "json:/signature/timestamp", "format": "unix" }, "deliveryId": "json:/signature/token" }
        """;

    private static readonly ReplayScope Scope = new("route", "scheme");

    /// <summary>It would be read beside the items, where nothing is signed.</summary>
    [Fact]
    public void TimeBesideTheItems_IsAnError() => Assert.Contains(
        "'bodyTimestamp'",
        Assert.Single(TestScheme.ErrorsOf(Items.Replace("\"each\"", "\"bodyTimestamp\": { \"in\": \"json:/a\", \"format\": \"unix\" }, \"each\"", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void EveryItem_HasAMacOfItsOwn()
    {
        var verifier = TestScheme.Verifier(Items, "key");

        Assert.True(verifier.Judge(new TestRequest(), Array((1, "x", null), (2, "y", "z"))).IsVerified);
        Assert.Equal(
            VerificationOutcome.SignatureMismatch,
            verifier.Judge(new TestRequest(), Array((1, "x", null), (2, "y", "z")).Replace("\"z\"", "\"Z\"", StringComparison.Ordinal)).Outcome);
        Assert.Equal(VerificationOutcome.SignatureMissing, verifier.Judge(new TestRequest(), """{"items":[]}""").Outcome);
        Assert.Equal(VerificationOutcome.SignatureMalformed, verifier.Judge(new TestRequest(), """{"items":[{"mac":"zz","a":"x"}]}""").Outcome);
    }

    [Theory]
    [InlineData("\"items\":[", "\"ITEMS\":[],\"items\":[")]
    [InlineData("\"a\":", "\"A\":\"forged\",\"a\":")]
    [InlineData("\"mac\":", "\"Mac\":\"00\",\"mac\":")]
    public void NameInOtherCase_IsMalformed(string genuine, string forged)
    {
        var body = Array((1, "x", "y")).Replace(genuine, forged, StringComparison.Ordinal);

        Assert.Equal(VerificationOutcome.SignatureMalformed, TestScheme.Verifier(Items, "key").Judge(new TestRequest(), body).Outcome);
    }

    [Fact]
    public void ItemsInAnotherSplit_HaveAnotherReplayKey()
    {
        var verifier = TestScheme.Verifier(Items, "key");

        Assert.NotEqual(ContentKey(verifier, Array((1, "x", "y:"), (2, "z", null))), ContentKey(verifier, Array((1, "x", null), (2, "y:z", null))));
        Assert.Equal(ContentKey(verifier, Array((1, "x", null))), ContentKey(verifier, Array((7, "x", null))));
    }

    [Theory]
    [InlineData(BodyTimestampMode.Off, 0, VerificationOutcome.Verified, VerificationOutcome.NotVerified)]
    [InlineData(BodyTimestampMode.Off, 3_600, VerificationOutcome.Verified, VerificationOutcome.NotVerified)]
    [InlineData(BodyTimestampMode.Report, 3_600, VerificationOutcome.Verified, VerificationOutcome.TimestampTooOld)]
    [InlineData(BodyTimestampMode.Report, 0, VerificationOutcome.Verified, VerificationOutcome.Verified)]
    [InlineData(BodyTimestampMode.Enforce, 300, VerificationOutcome.Verified, VerificationOutcome.Verified)]
    [InlineData(BodyTimestampMode.Enforce, 301, VerificationOutcome.TimestampTooOld, VerificationOutcome.TimestampTooOld)]
    [InlineData(BodyTimestampMode.Enforce, -61, VerificationOutcome.TimestampInFuture, VerificationOutcome.TimestampInFuture)]
    public void TimeInTheBody_IsJudgedWhereThePolicySaysSo(BodyTimestampMode mode, int late, VerificationOutcome expected, VerificationOutcome bodyTime)
    {
        var verifier = TestScheme.Verifier(Mailgun, TestScheme.Options("key") with { BodyTimestamp = mode });

        var result = verifier.Judge(new TestRequest(), Encoding.UTF8.GetBytes(Event("1700000000", "tok")), TestScheme.Now.AddSeconds(late));

        Assert.Equal((expected, bodyTime), (result.Outcome, result.BodyTime));
    }

    [Fact]
    public void ForgedTimeInTheBody_IsAMismatchFirst()
    {
        var verifier = TestScheme.Verifier(Mailgun, TestScheme.Options("key") with { BodyTimestamp = BodyTimestampMode.Enforce });
        var forged = Event("1700000000", "tok").Replace("\"1700000000\"", "\"1699990000\"", StringComparison.Ordinal);

        Assert.Equal(VerificationOutcome.SignatureMismatch, verifier.Judge(new TestRequest(), forged).Outcome);
    }

    [Fact]
    public void IdInTheBody_NamesTheDelivery()
    {
        var verifier = TestScheme.Verifier(Mailgun, "key");

        Assert.NotNull(DeliveryKey(verifier, Event("1700000000", "tok")));
        Assert.Equal(DeliveryKey(verifier, Event("1700000000", "tok")), DeliveryKey(verifier, Event("1700000009", "tok")));
        Assert.NotEqual(DeliveryKey(verifier, Event("1700000000", "tok")), DeliveryKey(verifier, Event("1700000000", "tik")));
    }

    [Fact]
    public void BodyThatIsNoJson_IsMalformed() =>
        Assert.All(["", "{", "a=1", "[]x"], body =>
            Assert.Equal(VerificationOutcome.SignatureMalformed, TestScheme.Verifier(Mailgun, "key").Judge(new TestRequest(), body).Outcome));

    private static ReplayKey ContentKey(WebhookVerifier verifier, string body)
    {
        var (evidence, bytes) = Verified(verifier, body);
        return Scope.ContentKey(evidence, bytes);
    }

    private static ReplayKey? DeliveryKey(WebhookVerifier verifier, string body) => Scope.DeliveryKey(Verified(verifier, body).Evidence);

    private static (Evidence Evidence, ReadOnlySequence<byte> Body) Verified(WebhookVerifier verifier, string body)
    {
        var evidence = new Evidence();
        var bytes = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body));
        Assert.True(verifier.Judge(new TestRequest(), bytes, evidence).IsVerified);
        return (evidence, bytes);
    }

    private static string Array(params (int Id, string A, string? B)[] items) => $$"""
        {"items":[{{string.Join(',', items.Select(static item =>
            $"{{\"id\":{item.Id},\"a\":\"{item.A}\",{(item.B is null ? "" : $"\"b\":\"{item.B}\",")}\"mac\":\"{Mac.Hex("key", $"{item.A}:{item.B}")}\"}}"))}}]}
        """;

    private static string Event(string time, string token) =>
        $$$"""{"signature":{"timestamp":"{{{time}}}","token":"{{{token}}}","signature":"{{{Mac.Hex("key", time + token)}}}"},"event-data":{}}""";
}
