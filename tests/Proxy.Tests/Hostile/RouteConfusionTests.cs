using Microsoft.Extensions.Logging;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Hostile;

/// <summary>
/// Routes whose paths are alike, each with a key of its own: whoever holds one key opens no other route, however the target is
/// spelt, and the path that was verified is the path that is forwarded.
/// </summary>
public sealed class RouteConfusionTests
{
    private static readonly string[] Names = ["a", "ab", "under", "any", "host", "other"];

    /// <summary>Spellings that some router, proxy or framework takes for another path. <c>{0}</c> and <c>{1}</c> are paths, without their first slash.</summary>
    private static readonly string[] Spellings =
    [
        "/{0}", "/{0}/", "//{0}", "/{0}//", "/./{0}", "/{0}/.", "/x/../{0}", "/{0}/..", "/{1}/../{0}", "/{0}/../{1}", "/{0}/..%2f{1}", "/{0}%2f..%2f{1}",
        "/{1}/%2e%2e/{0}", "/{0}/%2e%2e/{1}", "/{0}/.%2e/{1}", "/{0}/..;/{1}", "/{0};/../{1}", "/{0};x={1}", "/;/{0}", "/{0}%3b/{1}", "/{0}\\..\\{1}", "/{0}%5c..%5c{1}",
        "/{0}%2f{1}", "/{0}?/{1}", "/{0}%3f{1}", "/{0}#/{1}", "/{0}%23{1}", "/{0}%00{1}", "/{0}%20", "/{0}%09", "/{0}.json", "/{0}.", "/{0}%2e",
        "/%252e%252e/{0}", "/{0}/%252e%252e/{1}", "/{0}/%c0%ae%c0%ae/{1}", "/{0}%c0%af..%c0%af{1}", "/{0}/%u002e%u002e/{1}", "/{0}/%e0%80%ae./{1}",
        "http://hooks.example.com/{0}", "http://other.example.com/{0}", "http://hooks.example.com/{0}/../{1}", "http://x@other.example.com/{0}", "http:///{0}", "{0}", "*",
    ];

    private static readonly string[] Hosts =
        ["hooks.example.com", "other.example.com", "OTHER.example.COM", "other.example.com:80", "other.example.com.", "hooks.example.com, other.example.com", "x@other.example.com", "", "[::1]", "other.example.com#", "other.example.com/"];

    private static string PathOf(string name) => name switch
    {
        "a" => "hooks/a",
        "ab" => "hooks/ab",
        "under" => "hooks/a/b",
        "any" => "any/x/y",
        _ => "by/host",
    };

    [Fact]
    public async Task SecretOfOneRoute_OpensNoOtherHoweverTheTargetIsSpelt()
    {
        await using var proxy = await StartAsync();
        var sent = 0;
        foreach (var holder in Names)
        {
            foreach (var target in Targets())
            {
                using var client = await proxy.ConnectAsync();
                await client.SendAsync(Request(holder, target, Hosts[sent % Hosts.Length], $"{sent++}"));
                await client.ReadToEndAsync();
            }
        }

        Assert.NotEmpty(proxy.Consumer.Requests);
        Assert.Equal([], proxy.Consumer.Requests.Select(Objection).OfType<string>());
    }

    [Theory]
    [InlineData("a", "/hooks/a")]
    [InlineData("a", "/HOOKS/A")]
    [InlineData("a", "/%68ooks/a")]
    [InlineData("a", "/hooks/a/")]
    [InlineData("a", "/hooks/a?/hooks/ab")]
    [InlineData("under", "/hooks/a/b")]
    [InlineData("any", "/any/x%2Fy")]
    [InlineData("any", "/any/hooks/a")]
    [InlineData("any", "/any/x;y=z/%E2%82%AC")]
    public async Task TargetOfARoute_IsVerifiedByItAloneAndForwardedAsItCame(string owner, string target)
    {
        await using var proxy = await StartAsync();
        foreach (var holder in Names)
        {
            var response = await proxy.SendAsync(Request(holder, target, "hooks.example.com", holder));
            Assert.Equal(holder == owner ? 200 : 400, response.Status);
        }

        var received = Assert.Single(proxy.Consumer.Requests);
        Assert.Equal(target, received.Target);
        Assert.Equal(owner, received.Header("X-Route"));
    }

    [Theory]
    [InlineData("host", "hooks.example.com")]
    [InlineData("other", "other.example.com")]
    [InlineData("other", "OTHER.example.com:99")]
    public async Task HostOfARoute_IsVerifiedByItAlone(string owner, string host)
    {
        await using var proxy = await StartAsync();
        foreach (var holder in Names)
        {
            var response = await proxy.SendAsync(Request(holder, "/by/host", host, holder));
            Assert.Equal(holder == owner ? 200 : 400, response.Status);
        }

        Assert.Equal(owner, Assert.Single(proxy.Consumer.Requests).Header("X-Route"));
    }

    private static IEnumerable<string> Targets() => (
        from spelling in Spellings
        from one in Names
        from two in spelling.Contains("{1}", StringComparison.Ordinal) ? ["a", "any", "other"] : Names[..1]
        select spelling.Replace("{0}", PathOf(one), StringComparison.Ordinal).Replace("{1}", PathOf(two), StringComparison.Ordinal)).Distinct();

    /// <summary>What reached the consumer belongs to the route whose key signed it, and its path, decoded once, is that route's.</summary>
    private static string? Objection(RecordedRequest received)
    {
        var (route, holder) = (received.Header("X-Route")!, received.Header("X-Holder"));
        var decoded = PlainForm.DecodeLoosely(received.Target.Split('?')[0]).ToLowerInvariant().TrimEnd('/');
        var belongs = route == "any" ? decoded.StartsWith("/any/", StringComparison.Ordinal) : decoded == "/" + PathOf(route);
        var isSafe = !decoded.Split('/', '\\').Any(static segment => segment.Split(';')[0] is "." or "..");
        return route == holder && belongs && isSafe ? null : $"signed by {holder}, verified by {route}: {received.Target}";
    }

    private static byte[] Request(string holder, string target, string host, string unique)
    {
        var draft = new Draft { Target = target, Text = $"{{\"id\":\"{unique}\"}}" };
        draft.Headers[0] = ("Host", host);
        var mac = Convert.ToHexStringLower(GenuineWebhooks.Sha1(holder, draft.Text));
        draft.With("X-Tawk-Signature", mac).With("X-Holder", holder).With("Connection", "close");
        return Http1Framing.WellFormed(draft);
    }

    private static Task<ProxyFixture> StartAsync() => ProxyFixture.StartAsync($$"""
        {
          "ReverseProxy": {
            "Routes": { {{string.Join(", ", Names.Select(Route))}} },
            "Clusters": { "consumer": { "Destinations": { } } }
          },
          "Webhooks": { "Policies": { {{string.Join(", ", Names.Select(static name => $$"""
            "{{name}}": { "Provider": "tawk", "Secrets": { "current": "literal:{{HostileRoutes.KeyText(name)}}" } }
            """))}} }, "Drain": "00:00:02" }
        }
        """, logLevel: LogLevel.Warning);

    private static string Route(string name)
    {
        var match = name switch
        {
            "any" => """ "Path": "/any/{**rest}" """,
            "host" => """ "Path": "/by/host" """,
            "other" => """ "Path": "/by/host", "Hosts": [ "other.example.com" ] """,
            _ => $""" "Path": "/{PathOf(name)}" """,
        };
        return $$"""
            "{{name}}": {
              "ClusterId": "consumer", "Match": { {{match}} },
              "Transforms": [ { "RequestHeader": "X-Route", "Set": "{{name}}" } ]
            }
            """;
    }
}
