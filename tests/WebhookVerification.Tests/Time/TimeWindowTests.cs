namespace WebhookVerification.Tests.Time;

public sealed class TimeWindowTests
{
    private const string Scheme = """
        {
          "algorithm": "hmac-sha256", "signature": { "in": "header:X-Sig", "encoding": "hex" },
          "timestamp": { "in": "header:X-Time", "format": "unix" }, "content": "{timestamp}.{body}"
        }
        """;

    [Theory]
    [InlineData(0, VerificationOutcome.Verified)]
    [InlineData(-300, VerificationOutcome.Verified)]
    [InlineData(-301, VerificationOutcome.TimestampTooOld)]
    [InlineData(60, VerificationOutcome.Verified)]
    [InlineData(61, VerificationOutcome.TimestampInFuture)]
    [InlineData(-1_700_000_000, VerificationOutcome.TimestampTooOld)]
    [InlineData(250_000_000_000, VerificationOutcome.TimestampInFuture)]
    public void SignedTime_IsJudgedAgainstTwoInclusiveBounds(long offsetSeconds, VerificationOutcome expected)
    {
        var time = $"{TestScheme.Now.ToUnixTimeSeconds() + offsetSeconds}";
        var request = new TestRequest().With("X-Time", time).With("X-Sig", Mac.Hex("key", time + ".{}"));

        Assert.Equal(expected, TestScheme.Verifier(Scheme, "key").Judge(request, "{}").Outcome);
    }

    [Fact]
    public void FractionBeyondTheBound_IsTooOld()
    {
        const string Time = "1699999700";
        var request = new TestRequest().With("X-Time", Time).With("X-Sig", Mac.Hex("key", Time + "."));

        Assert.True(TestScheme.Verifier(Scheme, "key").Judge(request, ReadOnlyMemory<byte>.Empty, TestScheme.Now).IsVerified);
        Assert.Equal(
            VerificationOutcome.TimestampTooOld,
            TestScheme.Verifier(Scheme, "key").Judge(request, ReadOnlyMemory<byte>.Empty, TestScheme.Now.AddTicks(1)).Outcome);
    }

    [Fact]
    public void FreshTimeThatWasNotSigned_IsAMismatch() =>
        Assert.Equal(
            VerificationOutcome.SignatureMismatch,
            TestScheme.Verifier(Scheme, "key").Judge(
                new TestRequest().With("X-Time", "1700000001").With("X-Sig", Mac.Hex("key", "1700000000.{}")), "{}").Outcome);

    [Fact]
    public void TimeHeaderAbsentEmptyOrTwice_IsRefused()
    {
        var verifier = TestScheme.Verifier(Scheme, "key");
        var signature = Mac.Hex("key", "1700000000.");

        Assert.Equal(VerificationOutcome.TimestampMissing, verifier.Judge(new TestRequest().With("X-Sig", signature)).Outcome);
        Assert.Equal(VerificationOutcome.TimestampMissing, verifier.Judge(new TestRequest().With("X-Sig", signature).With("X-Time", "")).Outcome);
        Assert.Equal(
            VerificationOutcome.TimestampMalformed,
            verifier.Judge(new TestRequest().With("X-Sig", signature).With("X-Time", "1700000000").With("X-Time", "1700000000")).Outcome);
    }
}
