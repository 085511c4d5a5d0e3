using System.Security.Cryptography;
using System.Text;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Security;

/// <summary>Where the URL is signed, the operator says which URL that is, and nobody else.</summary>
public sealed class SignedUrlTests
{
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
                "PublicUrl": "https://hooks.example.com",
                "Scheme": { "algorithm": "hmac-sha256", "signature": { "in": "header:X-Signature", "encoding": "hex" }, "content": "{url}{body}" }
              }
            },
            "Drain": "00:00:02"
          }
        }
        """;

    [Fact]
    public async Task HostAndForwardedHeaders_DecideNothing()
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        foreach (var (scheme, host) in new[] { ("https", "evil.example.net"), ("http", "hooks.example.com"), ("https", "hooks.example.com:8443") })
        {
            await proxy.SendAsync(Claiming(scheme, host, signed: $"{scheme}://{host}/hooks/own"));
        }

        await proxy.AssertCountedAsync("own", "signature_mismatch", 3);
        Assert.Empty(proxy.Consumer.Requests);

        // The same claims, and a signature over the URL that the provider was told: they neither help nor hurt.
        var genuine = Claiming("http", "evil.example.net", signed: "https://hooks.example.com/hooks/own");
        Assert.Equal(200, (await proxy.SendAsync(genuine)).Status);
    }

    /// <summary>A request that says in every way there is that it was sent to that scheme and host.</summary>
    private static byte[] Claiming(string scheme, string host, string signed)
    {
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(ProxyFixture.Secret), Encoding.UTF8.GetBytes(signed + "{}"));
        var request = Encoding.Latin1.GetString(RawRequest.Post(
            "/hooks/own",
            "{}"u8,
            ("X-Signature", Convert.ToHexStringLower(mac)),
            ("X-Forwarded-Host", host),
            ("X-Forwarded-Proto", scheme),
            ("X-Original-Host", host),
            ("Forwarded", $"host=\"{host}\";proto={scheme}")));
        return Encoding.Latin1.GetBytes(request.Replace("Host: hooks.example.com", $"Host: {host}", StringComparison.Ordinal));
    }
}
