using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Security;

/// <summary>Whoever is refused learns nothing from the answer: not from its words, not from its headers, not from its length.</summary>
public sealed partial class RefusalAnswerTests
{
    private const string Configuration = """
        {
          "ReverseProxy": {
            "Routes": { "standard": { "ClusterId": "consumer", "Match": { "Path": "/standard" } } },
            "Clusters": { "consumer": { "Destinations": { } } }
          },
          "Webhooks": {
            "Policies": { "standard": { "Provider": "standard-webhooks", "Secrets": { "current": "env:STANDARD_SECRET" }, "RejectStatus": 401 } },
            "Drain": "00:00:02"
          }
        }
        """;

    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
    private static readonly byte[] Body = "{\"type\":\"user.created\"}"u8.ToArray();

    [Fact]
    public async Task EveryRefusalOfAStatus_WeighsTheSame()
    {
        await using var proxy = await ProxyFixture.StartAsync(
            Configuration, new Dictionary<string, string> { ["STANDARD_SECRET"] = "whsec_" + Convert.ToBase64String(Key) });
        var now = proxy.Clock.GetUtcNow();
        byte[] otherKey = [.. Key.Reverse()];

        // From the cheapest refusal to the dearest.
        var refused = new (string Reason, byte[] Request)[]
        {
            ("signature_missing", RawRequest.Post("/standard", Body)),
            ("signature_malformed", Signed(Key, "msg_1", now, Body, signature: "v1,nonsense!")),
            ("timestamp_too_old", Signed(Key, "msg_2", now.AddHours(-1), Body)),
            ("timestamp_in_future", Signed(Key, "msg_3", now.AddHours(1), Body)),
            ("signature_mismatch", Signed(otherKey, "msg_4", now, Body)),
            ("signature_mismatch", Signed(Key, "msg_5", now, Body, sent: "{\"type\":\"user.deleted\"}"u8.ToArray())),
            ("signature_mismatch", Signed(Key, "msg_6", now, Body, idSent: "msg_7")),
        };
        var answers = new List<RawResponse>();
        foreach (var (_, request) in refused)
        {
            answers.Add(await proxy.SendAsync(request));
        }

        Assert.Empty(proxy.Consumer.Requests);
        foreach (var reason in refused.CountBy(static refusal => refusal.Reason))
        {
            await proxy.AssertCountedAsync("standard", reason.Key, reason.Value);
        }

        Assert.Single(answers.Select(static answer => $"{answer.Head.StartLine}\n{Headers(answer)}\n{TraceId().Replace(answer.Text, "…")}").Distinct());
        Assert.Single(answers.Select(static answer => answer.Body.Length).Distinct());
        Assert.Equal(answers.Count, answers.Select(static answer => TraceId().Match(answer.Text).Value).Distinct().Count());

        // And it is the secret, the body and the id that made the difference.
        Assert.Equal(200, (await proxy.SendAsync(Signed(Key, "msg_8", now, Body))).Status);
    }

    /// <summary>In their order, with their values; the server's clock is everybody's.</summary>
    private static string Headers(RawResponse answer) => string.Join(
        '\n', answer.Head.Headers.Select(static header => header.Key == "Date" ? header.Key : $"{header.Key}: {header.Value}"));

    private static byte[] Signed(
        byte[] key, string id, DateTimeOffset time, byte[] body, string? signature = null, byte[]? sent = null, string? idSent = null)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes($"{id}.{time.ToUnixTimeSeconds()}."), .. body];
        return RawRequest.Post(
            "/standard",
            sent ?? body,
            ("webhook-id", idSent ?? id),
            ("webhook-timestamp", $"{time.ToUnixTimeSeconds()}"),
            ("webhook-signature", signature ?? "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content))));
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex TraceId();
}
