using System.Text;
using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Operations;

/// <summary>A proxy with everything that an operator may have to see, and requests that make it show.</summary>
internal static class OperationsTraffic
{
    public const string OldSecret = "an older secret, still long enough";

    public const string VerifyToken = "a-token-that-the-operator-chose";

    /// <summary>Two secrets on tawk, a signed time on smarterbot, report mode on protocol, an upstream that is not there, a handshake on meta, and one route unverified.</summary>
    public const string Configuration = """
        {
          "ReverseProxy": {
            "Routes": {
              "tawk": { "ClusterId": "consumer", "Match": { "Path": "/webhooks/tawk" } },
              "smarterbot": { "ClusterId": "consumer", "Match": { "Path": "/webhooks/smarterbot" } },
              "protocol": { "ClusterId": "consumer", "Match": { "Path": "/webhooks/protocol" } },
              "chatbase": { "ClusterId": "gone", "Match": { "Path": "/webhooks/chatbase" } },
              "meta": { "ClusterId": "consumer", "Match": { "Path": "/webhooks/meta" } },
              "legacy": { "ClusterId": "consumer", "Match": { "Path": "/legacy" }, "Metadata": { "WebhookPolicy": "None" } }
            },
            "Clusters": {
              "consumer": { "Destinations": { } },
              "gone": { "Destinations": { "two": { "Address": "http://127.0.0.1:1/" } } }
            }
          },
          "Webhooks": {
            "Policies": {
              "tawk": { "Provider": "tawk", "Secrets": { "current": "env:CURRENT_SECRET", "previous": "env:PREVIOUS_SECRET" } },
              "smarterbot": { "Provider": "smarterbot", "Secrets": { "current": "env:CURRENT_SECRET", "retired": "env:PREVIOUS_SECRET" } },
              "protocol": { "Provider": "protocol", "Mode": "Report", "Secrets": { "current": "env:CURRENT_SECRET" } },
              "chatbase": { "Provider": "chatbase", "Secrets": { "current": "env:CURRENT_SECRET" }, "MaxBodyBytes": 1024, "Upstream": { "Retries": 1 } },
              "meta": { "Provider": "meta", "Secrets": { "current": "env:CURRENT_SECRET" }, "Parameters": { "verifyToken": "env:VERIFY_TOKEN" } }
            },
            "Drain": "00:00:02"
          }
        }
        """;

    private static int _number;

    public static Task<ProxyFixture> StartAsync(
        string configuration = Configuration, ManualTimeProvider? clock = null, params (string Name, string Value)[] settings) =>
        ProxyFixture.StartAsync(
            configuration,
            new Dictionary<string, string>(settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value)))
            {
                ["CURRENT_SECRET"] = ProxyFixture.Secret,
                ["PREVIOUS_SECRET"] = OldSecret,
                ["VERIFY_TOKEN"] = VerifyToken,
            },
            clock);

    /// <summary>A webhook that the route verifies.</summary>
    public static Task<RawResponse> SendGenuineAsync(this ProxyFixture proxy, string provider, TimeSpan age = default) =>
        proxy.SendAsync(Signed(provider, ProxyFixture.Secret, proxy.Clock.GetUtcNow() - age));

    /// <summary>A webhook of tawk's, signed with the secret that is on its way out.</summary>
    public static Task<RawResponse> SendWithOldSecretAsync(this ProxyFixture proxy) =>
        proxy.SendAsync(Signed("tawk", OldSecret, proxy.Clock.GetUtcNow()));

    public static Task<RawResponse> SendForgedAsync(this ProxyFixture proxy, string provider) =>
        proxy.SendAsync(Signed(provider, "the secret of somebody else", proxy.Clock.GetUtcNow()));

    public static Task<RawResponse> SendUnsignedAsync(this ProxyFixture proxy, string target) => proxy.SendAsync(RawRequest.Post(target, "{}"u8));

    /// <summary>A genuine webhook, once more as it is, and once more with a header changed that the upstream dispatches on.</summary>
    public static async Task SendTwiceAndAlteredAsync(this ProxyFixture proxy)
    {
        var body = Body();
        var signature = ProviderSignature.Smarterbot(ProxyFixture.Secret, body, proxy.Clock.GetUtcNow());
        var json = RawRequest.Post("/webhooks/smarterbot", body, signature, ("Content-Type", "application/json"));
        await proxy.SendAsync(json);
        await proxy.SendAsync(json);
        await proxy.SendAsync(RawRequest.Post("/webhooks/smarterbot", body, signature, ("Content-Type", "text/plain")));
    }

    /// <summary>A genuine webhook, and the same once more while the upstream is still at work on it.</summary>
    public static async Task SendTwiceAtOnceAsync(this ProxyFixture proxy)
    {
        var request = Signed("smarterbot", ProxyFixture.Secret, proxy.Clock.GetUtcNow());
        var (respond, seen) = (proxy.Consumer.Respond, proxy.Consumer.Requests.Count);
        var answered = new TaskCompletionSource();
        proxy.Consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answered.Task };
        var first = proxy.SendAsync(request);
        await proxy.Consumer.WaitForRequestAsync(seen + 1);
        await proxy.SendAsync(request);
        answered.SetResult();
        await first;
        proxy.Consumer.Respond = respond;
    }

    /// <summary>The request by which the provider asks whether the endpoint is the operator's.</summary>
    public static Task<RawResponse> SendHandshakeAsync(this ProxyFixture proxy) =>
        proxy.SendAsync(RawRequest.Get($"/webhooks/meta?hub.mode=subscribe&hub.verify_token={VerifyToken}&hub.challenge=1158"));

    /// <summary>A body beyond what the policy allows.</summary>
    public static Task<RawResponse> SendTooLargeAsync(this ProxyFixture proxy) =>
        proxy.SendAsync(RawRequest.Post("/webhooks/chatbase", new byte[2000], ("x-chatbase-signature", new string('0', 40))));

    /// <summary>A genuine webhook for the upstream that is not there. The pause before the next try ends as the clock moves on.</summary>
    public static Task SendToNobodyAsync(this ProxyFixture proxy)
    {
        var answer = proxy.SendGenuineAsync("chatbase");
        return Deadline.Until(
            () =>
            {
                proxy.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return answer.IsCompleted;
            },
            "an answer for the upstream that is not there");
    }

    /// <summary>Edits the configuration so that it has errors, and waits until it is rejected.</summary>
    public static Task BreakConfigurationAsync(this ProxyFixture proxy) => proxy.EditAsync("\"Report\"", "\"Reprot\"", "rejected");

    /// <summary>Edits the configuration as one may, and waits until it is applied.</summary>
    public static Task ChangeConfigurationAsync(this ProxyFixture proxy) => proxy.EditAsync("\"Retries\": 1", "\"Retries\": 2", "applied");

    /// <summary>Some of everything.</summary>
    public static async Task SendOneOfEachAsync(this ProxyFixture proxy)
    {
        await proxy.SendGenuineAsync("tawk");
        await proxy.SendWithOldSecretAsync();
        await proxy.SendForgedAsync("tawk");
        await proxy.SendUnsignedAsync("/webhooks/tawk");
        await proxy.SendGenuineAsync("smarterbot", TimeSpan.FromSeconds(2));
        await proxy.SendGenuineAsync("smarterbot", TimeSpan.FromSeconds(-3));
        await proxy.SendGenuineAsync("smarterbot", TimeSpan.FromHours(1));
        await proxy.SendHandshakeAsync();
        await proxy.SendTooLargeAsync();
        await proxy.SendTwiceAtOnceAsync();
        await proxy.SendTwiceAndAlteredAsync();
        await proxy.SendForgedAsync("protocol");
        await proxy.SendGenuineAsync("protocol");
        await proxy.SendToNobodyAsync();
        await proxy.SendUnsignedAsync("/legacy");
        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(500);
        await proxy.SendGenuineAsync("tawk");
        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "OK");
    }

    private static async Task EditAsync(this ProxyFixture proxy, string before, string after, string result)
    {
        proxy.Rewrite(Configuration.Replace(before, after, StringComparison.Ordinal));
        await Deadline.Until(
            async () =>
            {
                proxy.Clock.Advance(TimeSpan.FromSeconds(1));
                return (await proxy.ScrapeAsync()).Sum("webhook_config_reloads_total", ("result", result)) == 1;
            },
            $"the edited configuration to be {result}");
    }

    private static byte[] Signed(string provider, string secret, DateTimeOffset at)
    {
        var body = Body();
        return RawRequest.Post($"/webhooks/{provider}", body, ProviderSignature.Of(provider, secret, body, at));
    }

    private static byte[] Body() => Encoding.UTF8.GetBytes($$"""{"number":{{Interlocked.Increment(ref _number)}}}""");
}
