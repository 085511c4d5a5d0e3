using System.IO.Compression;
using System.Text;
using Proxy.Commands.Explain;

namespace Proxy.Tests.Commands.Explain;

/// <summary>Each test makes exactly one mistake, and expects its name.</summary>
public sealed class CauseTests
{
    private const string Json = "{\"b\":\"Grüße <b>\",\"a\":{\"url\":\"https://example.com/x\",\"n\":[1.50,true,null]}}";

    [Fact]
    public void NoMistake_Verifies()
    {
        Mistake.With("github").AssertNone();
        Mistake.With("smarterbot").AssertNone();
        Mistake.With("square", url: "https://hooks.example.com/in").AssertNone();
    }

    [Fact]
    public void UnknownSecret_IsNoneOfTheUsualMistakes() => Assert.Empty(Mistake.With("github").SenderSecret("another").Explain());

    [Theory]
    [InlineData("{\"b\": \"Grüße <b>\", \"a\": {\"url\": \"https://example.com/x\", \"n\": [1.50, true, null]}}", "space")]
    [InlineData("{\n  \"b\": \"Grüße <b>\",\n  \"a\": {\n    \"url\": \"https://example.com/x\",\n    \"n\": [\n      1.50,\n      true,\n      null\n    ]\n  }\n}", "two spaces")]
    [InlineData("{\"a\":{\"n\":[1.50,true,null],\"url\":\"https://example.com/x\"},\"b\":\"Grüße <b>\"}", "keys sorted")]
    [InlineData("{\"b\":\"Gr\\u00fc\\u00dfe <b>\",\"a\":{\"url\":\"https://example.com/x\",\"n\":[1.50,true,null]}}", "unicode escaped")]
    [InlineData("{\"b\":\"Grüße <b>\",\"a\":{\"url\":\"https:\\/\\/example.com\\/x\",\"n\":[1.50,true,null]}}", "slashes escaped")]
    [InlineData("{\"b\":\"Grüße \\u003cb\\u003e\",\"a\":{\"url\":\"https://example.com/x\",\"n\":[1.50,true,null]}}", "& escaped")]
    public void JsonWrittenAgain_IsFound(string sent, string style) =>
        Assert.Contains(style, Expect("json-reserialised", Mistake.With("github", Json).SenderBody(sent)), StringComparison.Ordinal);

    [Fact]
    public void JsonWrittenAgainByTheReceiver_IsFound()
    {
        foreach (var received in new[] { "{\"b\" : \"Gr\\u00FC\\u00dfe <b>\", \"a\":\n{\"url\":\"https:\\/\\/example.com/x\",\"n\":[ 1.50,true,null ]}}", Json.Replace(":", ": ", StringComparison.Ordinal).Replace("https: ", "https:", StringComparison.Ordinal) })
        {
            Assert.Contains("compact", Expect("json-reserialised", Mistake.With("github", received).SenderBody(Json)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\r\n}", "{\n}")]
    [InlineData("{\n}", "{\r\n}")]
    public void LineEndings_AreFound(string original, string received) =>
        Expect("line-endings", Mistake.With("github", received + "x").SenderBody(original + "x"));

    [Theory]
    [InlineData("hello", "hello\n")]
    [InlineData("hello\n", "hello")]
    [InlineData("hello\r\n", "hello")]
    public void FinalNewline_IsFound(string original, string received) =>
        Expect("final-newline", Mistake.With("github", received).SenderBody(original));

    [Theory]
    [InlineData("\uFEFFhello", "hello")]
    [InlineData("hello", "\uFEFFhello")]
    public void ByteOrderMark_IsFound(string original, string received) =>
        Expect("byte-order-mark", Mistake.With("github", received).SenderBody(original));

    [Fact]
    public void SignedBeforeCompression_IsFound()
    {
        foreach (var (name, open) in new (string, Func<Stream, Stream>)[]
        {
            ("gzip", static stream => new GZipStream(stream, CompressionLevel.Optimal)),
            ("deflate", static stream => new ZLibStream(stream, CompressionLevel.Optimal)),
            ("br", static stream => new BrotliStream(stream, CompressionLevel.Optimal)),
        })
        {
            var detail = Expect("compression", Mistake.With("github", Json).Receiver(receiver => receiver.WithBody(Compress(Json, open))));
            Assert.Contains($"({name})", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DecompressedOnTheWay_IsFound() => Expect(
        "compression",
        Mistake.With("github", Json).SenderBody(Compress(Json, static stream => new GZipStream(stream, CompressionLevel.Optimal))));

    [Fact]
    public void TruncatedBody_IsFound()
    {
        Assert.Contains("ends in the middle", Expect("truncated-body", Mistake.With("github", Json[..40]).SenderBody(Json)), StringComparison.Ordinal);
        var lengths = Assert.Single(Mistake.With("github", "hello").SenderBody("hello, world").Explain(new KeyValuePair<string, string>("Content-Length", "12")));
        Assert.Contains("5 bytes of the 12", lengths.Detail, StringComparison.Ordinal);
        Assert.Contains("empty", Expect("truncated-body", Mistake.With("github", "hello").SenderBody("")), StringComparison.Ordinal);
        Assert.Contains("1024", Expect("truncated-body", Mistake.With("github", new string('x', 3000)).SenderBody(new string('x', 1024))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Mistake.Secret + "\n")]
    [InlineData(Mistake.Secret + "\r\n")]
    public void SecretWithNewline_IsFound(string secret) => Expect("secret-newline", Mistake.With("github").SenderSecret(secret));

    [Theory]
    [InlineData(" " + Mistake.Secret)]
    [InlineData(Mistake.Secret + "\n")]
    [InlineData("\"" + Mistake.Secret + "\"")]
    public void SecretWithSomethingAround_IsFound(string configured) =>
        Expect("secret-whitespace", Mistake.With("github").Receiver(receiver => receiver.WithSecrets([Mistake.Named(configured)])));

    [Theory]
    [InlineData("github", "c2VjcmV0IHNlY3JldCBzZWNyZXQ=", """{ "secret": { "encoding": "base64" } }""", "base64")]
    [InlineData("github", "5ec2e75ec2e75ec2", """{ "secret": { "encoding": "hex" } }""", "hexadecimal")]
    [InlineData("svix", "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQ=", """{ "secret": { "encoding": "utf8", "prefix": null } }""", "text")]
    public void SecretDecodedOrNot_IsFound(string provider, string secret, string sender, string verb) =>
        Assert.Contains(verb, Expect("secret-encoding", Mistake.With(provider, secret: secret).SenderScheme(sender)), StringComparison.Ordinal);

    [Fact]
    public void SecretOfAnotherPolicy_IsFound()
    {
        var mistake = Mistake.With("github").SenderSecret("the other one").Receiver(
            static receiver => receiver with { OtherSecrets = [Mistake.Named("the other one", "orders/previous")] });
        Assert.Contains("orders/previous", Expect("secret-of-another-policy", mistake), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base64")]
    [InlineData("base64url")]
    public void OtherEncoding_IsFound(string encoding) =>
        Expect("signature-encoding", Mistake.With("webflow").SenderScheme($$"""{ "signature": { "encoding": "{{encoding}}" } }"""));

    [Theory]
    [InlineData("slack", "")]
    [InlineData("webflow", "sha256=")]
    public void OtherPrefix_IsFound(string provider, string prefix) =>
        Expect("signature-prefix", Mistake.With(provider).SenderScheme($$"""{ "signature": { "prefix": "{{prefix}}" } }"""));

    [Theory]
    [InlineData("""{ "algorithm": "hmac-sha1" }""")]
    [InlineData("""{ "algorithm": "hmac-sha512" }""")]
    [InlineData("""{ "algorithm": "sha256", "content": "{secret}{timestamp}:{body}" }""")]
    public void OtherAlgorithm_IsFound(string sender) => Expect("algorithm", Mistake.With("webflow").SenderScheme(sender));

    [Theory]
    [InlineData("""{ "content": "{timestamp}{body}" }""")]
    [InlineData("""{ "content": "{body}{timestamp}" }""")]
    public void TimeJoinedInAnotherWay_IsFound(string sender) => Expect("signed-time", Mistake.With("webflow").SenderScheme(sender));

    [Fact]
    public void TimeNotSigned_IsFound()
    {
        var bodyOnly = Mistake.With("webflow").SenderScheme("""{ "content": "{body}", "timestamp": null }""");
        var time = new KeyValuePair<string, string>("x-webflow-timestamp", "1735787047000");
        Assert.Equal("signed-time", bodyOnly.Find(time).Cause.Name);
    }

    [Fact]
    public void TimeSignedWhereNoneIsExpected_IsFound()
    {
        var mistake = Mistake.With("tawk").SenderScheme("""{ "content": "{header:X-Tawk-Time}.{body}" }""");
        Assert.Equal("signed-time", mistake.Find(new KeyValuePair<string, string>("X-Tawk-Time", "1735787047")).Cause.Name);
    }

    [Theory]
    [InlineData("smarterbot", "unix-ms")]
    [InlineData("webflow", "unix")]
    [InlineData("webflow", "rfc3339")]
    public void OtherUnitOfTime_IsFound(string provider, string format) =>
        Expect("timestamp-unit", Mistake.With(provider).SenderScheme($$"""{ "timestamp": { "format": "{{format}}" } }"""));

    [Theory]
    [InlineData(-400, "before")]
    [InlineData(400, "after")]
    [InlineData(-7200, "time zone")]
    public void OtherTime_IsTheClock(int seconds, string words) => Assert.Contains(
        words, Expect("clock", Mistake.With("smarterbot").Sender(sender => sender with { Now = sender.Now.AddSeconds(seconds) })), StringComparison.Ordinal);

    [Fact]
    public void AnotherProvidersRequest_IsFound() => Assert.Contains(
        "\"hubspot-v1\"",
        Mistake.With("hubspot-v2", url: "https://hooks.example.com/in")
            .SenderScheme("""{ "content": "{secret}{body}", "require": { "header:X-HubSpot-Signature-Version": "v1" } }""")
            .Explain().Single(static finding => finding.Cause.Name == "other-provider").Detail,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("https://hooks.example.com/in", "http://hooks.example.com/in")]
    [InlineData("https://hooks.example.com/in", "https://hooks.example.com:443/in")]
    [InlineData("https://hooks.example.com:8443/in", "https://hooks.example.com/in")]
    [InlineData("https://hooks.example.com/in", "https://hooks.example.com/in/")]
    [InlineData("https://hooks.example.com/in/", "https://hooks.example.com/in")]
    [InlineData("https://hooks.example.com/in?a=1", "https://hooks.example.com/in")]
    [InlineData("https://Hooks.example.com/in", "https://hooks.example.com/in")]
    [InlineData("https://internal.example.com/in", "https://public.example.com/in")]
    public void OtherUrl_IsFound(string configured, string original)
    {
        var mistake = Mistake.With("square", url: configured).Sender(sender => sender with { PublicUrl = original });
        var finding = mistake.Find(new KeyValuePair<string, string>("Host", "public.example.com"));
        Assert.Equal("url", finding.Cause.Name);
        Assert.Contains(original, finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCause_SaysWhatToDoUnderANameOfItsOwn()
    {
        Assert.Equal(CauseSearch.Causes.Count, CauseSearch.Causes.Select(static cause => cause.Name).Distinct().Count());
        Assert.All(CauseSearch.Causes, static cause => Assert.EndsWith(".", cause.Advice, StringComparison.Ordinal));
    }

    /// <summary>Returns the detail.</summary>
    private static string Expect(string name, Mistake mistake)
    {
        var finding = mistake.Find();
        Assert.Equal(name, finding.Cause.Name);
        return finding.Detail;
    }

    private static byte[] Compress(string text, Func<Stream, Stream> open)
    {
        using var compressed = new MemoryStream();
        using (var stream = open(compressed))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
