using System.Text;
using Proxy.Commands.Explain;
using Xunit.Abstractions;

namespace Proxy.Tests.Commands.Explain;

/// <summary>Each test makes exactly two mistakes, and expects the names of both.</summary>
public sealed class PairTests(ITestOutputHelper output)
{
    private const string Compact = "{\"id\":1,\"to\":\"a/b\"}";
    private const string Spaced = "{\"id\": 1, \"to\": \"a/b\"}";

    [Fact]
    public void SecretWithNewline_AndJsonWrittenAgain() =>
        Expect(Mistake.With("github", Spaced).SenderBody(Compact).SenderSecret(Mistake.Secret + "\n"), "secret-newline", "json-reserialised");

    [Fact]
    public void SecretWithQuotes_AndFinalNewline() => Expect(
        Mistake.With("github", Compact + "\n").SenderBody(Compact).Receiver(static receiver => receiver.WithSecrets([Mistake.Named($"'{Mistake.Secret}'")])),
        "secret-whitespace",
        "final-newline");

    [Fact]
    public void SecretDecoded_AndOtherAlgorithm() => Expect(
        Mistake.With("github", secret: "5ec2e75ec2e75ec2").SenderScheme("""{ "secret": { "encoding": "hex" }, "algorithm": "hmac-sha1" }"""),
        "secret-encoding",
        "algorithm");

    [Fact]
    public void OtherUnitOfTime_AndOtherEncoding() => Expect(
        Mistake.With("webflow").SenderScheme("""{ "timestamp": { "format": "unix" }, "signature": { "encoding": "base64" } }"""),
        "timestamp-unit",
        "signature-encoding");

    [Fact]
    public void OtherEncoding_AndNoPrefix() => Expect(
        Mistake.With("slack").SenderScheme("""{ "signature": { "encoding": "base64", "prefix": null } }"""),
        "signature-encoding",
        "signature-prefix");

    [Fact]
    public void TimeJoinedInAnotherWay_AndSecretOfAnotherPolicy() => Expect(
        Mistake.With("webflow").SenderScheme("""{ "content": "{timestamp}{body}" }""").SenderSecret("the other one").Receiver(
            static receiver => receiver with { OtherSecrets = [Mistake.Named("the other one", "orders/previous")] }),
        "signed-time",
        "secret-of-another-policy");

    [Fact]
    public void JsonWrittenAgain_AndNoPrefix() =>
        Expect(Mistake.With("github", Spaced).SenderBody(Compact).SenderScheme("""{ "signature": { "prefix": null } }"""), "json-reserialised", "signature-prefix");

    [Fact]
    public void LineEndings_AndByteOrderMark() =>
        Expect(Mistake.With("github", "a\r\nb").SenderBody("\uFEFFa\nb"), "line-endings", "byte-order-mark");

    [Fact]
    public void OtherUrl_AndSecretWithNewline() => Expect(
        Mistake.With("square", url: "https://hooks.example.com/in").SenderSecret(Mistake.Secret + "\n").Sender(
            static sender => sender with { PublicUrl = "https://hooks.example.com/in/" }),
        "url",
        "secret-newline");

    /// <summary>Whatever else is wrong, a capture is often explained long after it was made.</summary>
    [Theory]
    [InlineData(-400)]
    [InlineData(7200)]
    public void Clock_AndSecretWithNewline(int seconds) => Expect(
        Mistake.With("smarterbot").SenderSecret(Mistake.Secret + "\n").Sender(sender => sender with { Now = sender.Now.AddSeconds(seconds) }),
        "secret-newline",
        "clock");

    [Fact]
    public void OneMistakeAlone_IsNoPair() =>
        Assert.All(Mistake.With("github", Compact + "\n").SenderBody(Compact).Explain(), static finding => Assert.Null(finding.With));

    /// <summary>Unknown secrets are what most is tried for: every provider, and for the schemes with the most to vary.</summary>
    [Theory]
    [InlineData("github", null)]
    [InlineData("webflow", null)]
    [InlineData("square", "https://hooks.example.com:8443/in?a=1")]
    public void Unexplained_EndsWithinTheBudget(string provider, string? url)
    {
        var report = Mistake.With(provider, Spaced, url).SenderSecret("nobody knows it").Report();
        output.WriteLine($"{provider}: {report.Trials}");
        Assert.Empty(report.Findings);
        Assert.InRange(report.Trials, 1000, CauseSearch.MostTrials);
    }

    [Fact]
    public void LargeBody_IsTriedLessOften()
    {
        var body = Encoding.ASCII.GetString(Enumerable.Repeat((byte)'x', 4 << 20).ToArray());
        var small = Mistake.With("github", "x").SenderSecret("nobody knows it").Report();
        var large = Mistake.With("github", body).SenderSecret("nobody knows it").Report();
        output.WriteLine($"{small.Trials} {large.Trials}");
        Assert.InRange(large.Trials, 100, small.Trials / 2);
    }

    private static void Expect(Mistake mistake, params string[] names)
    {
        var findings = mistake.Explain();
        Assert.Equal(names.Order(), findings.Select(static finding => finding.Cause.Name).Order());
        Assert.Equal(names.Order(), findings.Select(static finding => finding.With ?? "nothing").Order());
    }
}
