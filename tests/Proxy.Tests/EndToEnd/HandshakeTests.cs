using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Proxy.Tests.EndToEnd;

/// <summary>Handshakes are answered by the proxy, never forwarded, and never sign what an attacker asks for. The schemes are the policies' own.</summary>
public sealed class HandshakeTests
{
    private const string Target = "/hooks/own";

    private const string Configuration = """
        {
          "ReverseProxy": {
            "Routes": { "own": { "ClusterId": "consumer", "Match": { "Path": "/hooks/own" } } },
            "Clusters": { "consumer": { "Destinations": { } } }
          },
          "Webhooks": {
            "Policies": {
              "own": {
                "Secrets": { "current": "env:TAWK_WEBHOOK_SECRET" },
                "Parameters": { "verifyToken": "a token of the operator" },
                "Scheme": {
                  "algorithm": "hmac-sha256",
                  "signature": { "in": "header:X-Signature", "encoding": "hex" },
                  "content": "{body}",
                  "parameters": { "verifyToken": { "required": true, "description": "Chosen by the operator." } },
                  "handshakes": [
                    {
                      "match": { "method": "GET", "has": "query:challenge" },
                      "verify": { "query:token": "verifyToken" },
                      "respond": { "body": "{query:challenge}" }
                    },
                    {
                      "signed": true,
                      "match": { "equals": { "json:/event": "validate" } },
                      "tokenPattern": "[A-Za-z0-9_-]{1,128}",
                      "respond": {
                        "contentType": "application/json",
                        "body": "{{\"plain\":\"{json:/plain}\",\"hmac\":\"{hmac:json:/plain:hex}\"}}"
                      }
                    }
                  ]
                }
              }
            },
            "Drain": "00:00:02"
          }
        }
        """;

    [Fact]
    public async Task UnsignedChallengeWithTheToken_IsEchoedAsPlainText()
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        var response = await proxy.SendAsync(RawRequest.Get(Target + "?token=a+token+of+the+operator&challenge=%3Cb%3E1158"));
        Assert.Equal((200, "<b>1158"), (response.Status, response.Text));
        Assert.StartsWith("text/plain", response.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
        Assert.Empty(proxy.Consumer.Requests);
        Assert.Equal(1, (await proxy.ScrapeAsync()).Sum("webhook_requests_total", ("outcome", "handshake")));
    }

    [Theory]
    [InlineData("?challenge=1158")]
    [InlineData("?token=&challenge=1158")]
    [InlineData("?token=wrong&challenge=1158")]
    [InlineData("?token=a+token+of+the+operator&token=a+token+of+the+operator&challenge=1158")]
    public async Task UnsignedChallengeWithoutTheToken_IsRefused(string query)
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        await proxy.AssertRefusedAsync("own", RawRequest.Get(Target + query), 400, "handshake_failed");
    }

    [Fact]
    public async Task GetThatIsNoHandshake_IsNoWebhookEither()
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        await proxy.AssertRefusedAsync("own", RawRequest.Get(Target, ("X-Signature", Mac([]))), 400, "handshake_failed");
    }

    [Fact]
    public async Task SignedValidation_IsAnsweredAndNeitherForwardedNorClaimed()
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        var body = """{"event":"validate","plain":"q9ibPhGeRZ6ayx5WTrXjRw"}"""u8.ToArray();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var response = await proxy.SendAsync(Signed(body));
            Assert.Equal(200, response.Status);
            using var answer = JsonDocument.Parse(response.Text);
            Assert.Equal(Mac("q9ibPhGeRZ6ayx5WTrXjRw"u8), answer.RootElement.GetProperty("hmac").GetString());
        }

        Assert.Empty(proxy.Consumer.Requests);
        Assert.Equal(0, (await proxy.ScrapeAsync()).Sum("webhook_replay_checks_total"));
    }

    [Fact]
    public async Task UnsignedValidation_IsRefusedAsAnyForgery()
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        var request = RawRequest.Post(Target, """{"event":"validate","plain":"abc"}"""u8, ("X-Signature", new string('0', 64)));
        await proxy.AssertRefusedAsync("own", request, 400, "signature_mismatch");
    }

    [Theory]
    [InlineData("""{\"event\":\"forged\"}""")]
    [InlineData("v0:1:forged")]
    [InlineData("a=b")]
    [InlineData("with space")]
    public async Task SignatureOfAForgedBodyAskedFor_IsNotGiven(string forged)
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        var response = await proxy.SendAsync(Signed(Encoding.UTF8.GetBytes($$"""{"event":"validate","plain":"{{forged}}"}""")));
        Refusals.AssertProblem(response, 400);
        await proxy.AssertCountedAsync("own", "handshake_failed");
    }

    private static byte[] Signed(byte[] body) => RawRequest.Post(Target, body, ("X-Signature", Mac(body)));

    private static string Mac(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ProxyFixture.Secret), content));
}
