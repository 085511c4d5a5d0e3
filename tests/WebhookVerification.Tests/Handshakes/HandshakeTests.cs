using System.Buffers;
using System.Text;
using WebhookVerification.Handshakes;

namespace WebhookVerification.Tests.Handshakes;

public sealed class HandshakeTests
{
    private const string Meta = """
        { "match": { "method": "GET", "has": "query:hub.challenge", "equals": { "query:hub.mode": "subscribe" } },
          "verify": { "query:hub.verify_token": "verifyToken" }, "respond": { "body": "{query:hub.challenge}" } }
        """;

    private const string Crc = """
        { "match": { "method": "GET", "has": "query:crc_token" }, "tokenPattern": "[A-Za-z0-9_-]{1,128}",
          "respond": { "contentType": "application/json", "body": "{{\"response_token\":\"sha256={hmac:query:crc_token:base64}\"}}" } }
        """;

    private const string Slack = """
        { "signed": true, "match": { "equals": { "json:/type": "url_verification" } },
          "respond": { "contentType": "application/json", "body": "{{\"challenge\":\"{json:/challenge}\"}}" } }
        """;

    [Theory]
    [InlineData("/h?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=tok", HandshakeOutcome.Answered)]
    [InlineData("/h?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=toc", HandshakeOutcome.Failed)]
    [InlineData("/h?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=", HandshakeOutcome.Failed)]
    [InlineData("/h?hub.mode=subscribe&hub.challenge=1158201444", HandshakeOutcome.Failed)]
    [InlineData("/h?hub.mode=subscribe&hub.challenge=1&hub.verify_token=tok&hub.verify_token=tok", HandshakeOutcome.Failed)]
    [InlineData("/h?hub.mode=subscribe&hub.verify_token=tok", HandshakeOutcome.NotAHandshake)]
    [InlineData("/h?hub.challenge=1&hub.verify_token=tok", HandshakeOutcome.NotAHandshake)]
    [InlineData("/h", HandshakeOutcome.NotAHandshake)]
    public void VerifyToken_HasToBeThePolicys(string target, HandshakeOutcome expected)
    {
        var result = Unsigned(Meta, "GET", target, parameter: "tok");

        Assert.Equal(expected, result.Outcome);
        Assert.Equal(expected == HandshakeOutcome.Answered ? "text/plain:1158201444" : null, Text(result));
    }

    [Fact]
    public void Answer_IsNeverSniffed() =>
        Assert.Contains(
            new KeyValuePair<string, string>("X-Content-Type-Options", "nosniff"),
            Unsigned(Meta, "GET", "/h?hub.mode=subscribe&hub.challenge=<b>&hub.verify_token=tok", parameter: "tok").Answer!.Headers);

    [Fact]
    public void OtherMethod_IsNoHandshake() =>
        Assert.Equal(HandshakeOutcome.NotAHandshake, Unsigned(Meta, "POST", "/h?hub.mode=subscribe&hub.challenge=1&hub.verify_token=tok", parameter: "tok").Outcome);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void EmptyVerifyToken_IsAnError(string? token)
    {
        var options = TestScheme.Options("key");
        options = token is null ? options : options with { Parameters = new Dictionary<string, string> { ["verifyToken"] = token } };

        Assert.Contains("verifyToken", Assert.Single(TestScheme.CreateErrors(Scheme(Meta), options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(512, HandshakeOutcome.Answered)]
    [InlineData(513, HandshakeOutcome.Failed)]
    public void Echo_IsShort(int length, HandshakeOutcome expected) =>
        Assert.Equal(expected, Unsigned(Meta, "GET", $"/h?hub.mode=subscribe&hub.challenge={new string('x', length)}&hub.verify_token=tok", parameter: "tok").Outcome);

    [Fact]
    public void ComputedAnswer_IsTheMacOfTheToken() =>
        Assert.Equal(
            $$"""application/json:{"response_token":"sha256={{Convert.ToBase64String(Mac.Sha256("key", "challenge_string"))}}"}""",
            Text(Unsigned(Crc, "GET", "/h?crc_token=challenge_string")));

    [Theory]
    [InlineData("{\"event\":\"forged\"}")]
    [InlineData("{}")]
    [InlineData("1700000000.{}")]
    [InlineData("v0:1700000000:forged")]
    [InlineData("hmacsha256=forged")]
    [InlineData("a=1&b=2")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("[]")]
    [InlineData("")]
    public void MacOfAForgedBody_IsRefused(string forged) =>
        Assert.Equal(new HandshakeResult(HandshakeOutcome.Failed), Unsigned(Crc, "GET", "/h?crc_token=" + Uri.EscapeDataString(forged)));

    [Fact]
    public void TokenThatIsTooLong_IsRefused()
    {
        Assert.Equal(HandshakeOutcome.Answered, Unsigned(Crc, "GET", "/h?crc_token=" + new string('a', 128)).Outcome);
        Assert.Equal(HandshakeOutcome.Failed, Unsigned(Crc, "GET", "/h?crc_token=" + new string('a', 129)).Outcome);
    }

    [Theory]
    [InlineData("[a-z.]{1,10}", "it allows '.'")]
    [InlineData("[ -~]{1,10}", "it allows ' '")]
    [InlineData("[A-Za-z0-9+/=]{1,64}", "it allows '='")]
    [InlineData("[0-Z]{1,10}", "it allows ':'")]
    [InlineData("[a-~]{1,10}", "it allows '{'")]
    [InlineData("[\\u0000a]{1,10}", "it allows")]
    [InlineData("[a-z]{1,129}", "at most 128")]
    [InlineData("[^a]{1,10}", "expected one class")]
    [InlineData("[\\\\w]{1,10}", "expected one class")]
    [InlineData(".*", "expected one class")]
    [InlineData("[a-z]+", "expected one class")]
    [InlineData("[]{1,2}", "expected one class")]
    [InlineData("[a-z]{5,2}", "expected one class")]
    [InlineData("[a-z]{0,2}", "expected one class")]
    public void PatternThatLetsSignedContentThrough_FailsTheLoad(string pattern, string message) =>
        Assert.Contains(
            TestScheme.ErrorsOf(Scheme(Crc.Replace("[A-Za-z0-9_-]{1,128}", pattern, StringComparison.Ordinal))),
            error => error.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void ComputedAnswerWithoutPattern_FailsTheLoad() =>
        Assert.Contains("needs a 'tokenPattern'", Assert.Single(TestScheme.ErrorsOf(Scheme(
            Crc.Replace("\"tokenPattern\": \"[A-Za-z0-9_-]{1,128}\",", "", StringComparison.Ordinal)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "match": { "equals": { "json:/type": "x" } }, "respond": { } }""", "before the body is read")]
    [InlineData("""{ "match": { "method": "GET" }, "respond": { "body": "{json:/a}" } }""", "before the body is read")]
    [InlineData("""{ "match": { }, "respond": { } }""", "fits every request")]
    [InlineData("""{ "match": { "method": "POST" }, "respond": { } }""", "would answer every webhook")]
    [InlineData("""{ "match": { "method": "GET" }, "verify": { "query:v": "other" }, "respond": { } }""", "{parameter:other} is not declared")]
    [InlineData("""{ "match": { "method": "GET" }, "respond": { "body": "{body}" } }""", "is no placeholder of an answer")]
    public void HandshakeThatSaysTooMuch_FailsTheLoad(string handshake, string message) =>
        Assert.Contains(TestScheme.ErrorsOf(Scheme(handshake)), error => error.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"type":"url_verification","challenge":"abc"}""", """application/json:{"challenge":"abc"}""")]
    [InlineData("""{"type":"url_verification","challenge":"a\"},{\"b"}""", """application/json:{"challenge":"a\u0022},{\u0022b"}""")]
    [InlineData("""{"type":"event_callback","challenge":"abc"}""", null)]
    [InlineData("payload=%7B%7D", null)]
    public void SignedHandshake_IsAnsweredFromTheBody(string body, string? answer)
    {
        var verifier = TestScheme.Verifier(Scheme(Slack), TestScheme.Options("key") with { Parameters = Token("t") });
        var evidence = new Evidence();
        var request = new TestRequest().With("X-Sig", Mac.Hex("key", body));
        var bytes = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body));
        Assert.Equal(HandshakeOutcome.NotAHandshake, verifier.AnswerUnsigned(request, evidence).Outcome);
        Assert.True(verifier.Judge(request, bytes, evidence).IsVerified);

        Assert.Equal(answer, Text(verifier.AnswerSigned(request, evidence, bytes)));
    }

    [Fact]
    public void HeaderEcho_RefusesLineBreaks()
    {
        const string InHeader = """{ "match": { "method": "GET", "has": "query:c" }, "respond": { "headers": { "X-Echo": "{query:c}" } } }""";

        Assert.Contains(new KeyValuePair<string, string>("X-Echo", "abc"), Unsigned(InHeader, "GET", "/h?c=abc").Answer!.Headers);
        Assert.Equal(HandshakeOutcome.Failed, Unsigned(InHeader, "GET", "/h?c=a%0d%0aSet-Cookie:x").Outcome);
    }

    [Fact]
    public void ProvidersOwnRefusal_HasItsStatus()
    {
        const string Fitbit = """
            { "match": { "method": "GET", "has": "query:verify" }, "verify": { "query:verify": "verifyToken" }, "respond": { "status": 204 }, "refuseStatus": 404 }
            """;

        Assert.Equal(204, Unsigned(Fitbit, "GET", "/h?verify=right", parameter: "right").Answer!.Status);
        Assert.Equal((HandshakeOutcome.Failed, 404), Unsigned(Fitbit, "GET", "/h?verify=wrong", parameter: "right") is var result ? (result.Outcome, result.Answer!.Status) : default);
    }

    [Fact]
    public void MethodsOfHandshakes_AreKnown() =>
        Assert.Equal(["GET"], TestScheme.Parse(Scheme(Meta + "," + Crc + "," + Slack)).HandshakeMethods);

    private static HandshakeResult Unsigned(string handshake, string method, string target, string parameter = "unused") =>
        TestScheme.Verifier(Scheme(handshake), TestScheme.Options("key") with { Parameters = Token(parameter) })
            .AnswerUnsigned(new TestRequest { Method = method, Target = target }, new Evidence());

    private static Dictionary<string, string> Token(string value) => new() { ["verifyToken"] = value };

    private static string? Text(HandshakeResult result) =>
        result.Outcome == HandshakeOutcome.Answered ? $"{result.Answer!.ContentType}:{Encoding.UTF8.GetString(result.Answer.Body.Span)}" : null;

    private static string Scheme(string handshakes) =>
        $$"""
        { "algorithm": "hmac-sha256", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{body}",
          "parameters": { "verifyToken": { "description": "The token that you gave the provider." } }, "handshakes": [{{handshakes}}] }
        """;
}
