using System.Security.Cryptography;
using System.Text;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Security;

/// <summary>A copy of a webhook is a copy, whatever it is dressed in: what names it is what was signed.</summary>
public sealed class FreshCopyTests
{
    private const string Configuration = """
        {
          "ReverseProxy": {
            "Routes": {
              "github": { "ClusterId": "consumer", "Match": { "Path": "/github" } },
              "stripe": { "ClusterId": "consumer", "Match": { "Path": "/stripe" } }
            },
            "Clusters": { "consumer": { "Destinations": { } } }
          },
          "Webhooks": {
            "Policies": {
              "github": { "Provider": "github", "Secrets": { "current": "env:TAWK_WEBHOOK_SECRET" }, "Replay": { "Mode": "Enforce" } },
              "stripe": { "Provider": "stripe", "Secrets": { "current": "literal:the secret of today, long enough", "previous": "literal:the secret of yesterday, long too" } }
            },
            "Drain": "00:00:02"
          }
        }
        """;

    private static readonly byte[] Body = "{\"id\":1}"u8.ToArray();

    [Fact]
    public async Task UnsignedIdRenewed_IsStillTheSameWebhook()
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        var signature = ("X-Hub-Signature-256", "sha256=" + Mac(ProxyFixture.Secret, Body));
        for (var i = 0; i < 3; i++)
        {
            var copy = RawRequest.Post("/github", Body, signature, ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", Guid.NewGuid().ToString()));
            Assert.Equal(200, (await proxy.SendAsync(copy)).Status);
        }

        await proxy.AssertCountedAsync("github", "duplicate", 2);
        Assert.Single(proxy.Consumer.Requests);
    }

    [Theory]
    [InlineData("v1={0}")]
    [InlineData("v1={1}")]
    [InlineData("v1={1},v1={0}")]
    [InlineData("v1={0},v0=00")]
    public async Task OtherSignaturesOfTheSameContent_AreStillTheSameWebhook(string resent)
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        var time = proxy.Clock.GetUtcNow().ToUnixTimeSeconds();
        byte[] content = [.. Encoding.ASCII.GetBytes($"{time}."), .. Body];
        string[] macs = [Mac("the secret of today, long enough", content), Mac("the secret of yesterday, long too", content)];

        Assert.Equal(200, (await proxy.SendAsync(Stripe($"t={time},v1={macs[0]},v1={macs[1]}"))).Status);
        await proxy.SendAsync(Stripe($"t={time}," + string.Format(System.Globalization.CultureInfo.InvariantCulture, resent, macs)));

        await proxy.AssertCountedAsync("stripe", "duplicate");
        Assert.Single(proxy.Consumer.Requests);
    }

    private static byte[] Stripe(string signature) => RawRequest.Post("/stripe", Body, ("Stripe-Signature", signature));

    private static string Mac(string secret, ReadOnlySpan<byte> content) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), content));
}
