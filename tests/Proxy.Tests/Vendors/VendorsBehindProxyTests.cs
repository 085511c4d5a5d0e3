using System.Text;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Vendors;

/// <summary>
/// What a consumer receives through the proxy still satisfies the code that the provider itself publishes: nothing of the
/// body or the signature header is changed on the way.
/// </summary>
public sealed class VendorsBehindProxyTests
{
    private static readonly Dictionary<string, byte[]> Payloads = new()
    {
        ["compact JSON"] = Encoding.UTF8.GetBytes("""{"event":"chat:start","id":3,"list":[1,2.5,null,true]}"""),
        ["unicode"] = Encoding.UTF8.GetBytes("""{"name":"Zoë","city":"東京","mood":"🚀"}"""),
        ["escapes"] = Encoding.UTF8.GetBytes("""{"name":"Zo\u00eb","path":"a\/b","tab":"\u0009"}"""),
        ["CRLF and spaces"] = Encoding.UTF8.GetBytes("{\r\n  \"a\" : 1,\r\n\t\"b\": 1.0\r\n}\r\n"),
        ["300 KiB"] = Encoding.UTF8.GetBytes($$"""{"text":"{{new string('x', 300 * 1024)}}"}"""),
    };

    private static readonly (string Provider, string Script)[] Scripts =
    [
        ("tawk", "tawk.js"),
        ("tawk", "tawk.php"),
        ("tawk", "tawk.rb"),
        ("chatbase", "chatbase.js"),
        ("protocol", "protocol.js"),
        ("protocol", "protocol.php"),
        ("smarterbot", "smarterbot-raw.js"),
    ];

    public static TheoryData<string, string, string> EveryScriptAndPayload
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var (provider, script) in Scripts)
            {
                foreach (var payload in Payloads.Keys)
                {
                    cases.Add(provider, script, payload);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(EveryScriptAndPayload))]
    public async Task GenuineWebhook_IsAcceptedByTheVendorsCode(string provider, string script, string payload) =>
        Assert.True(await IsAcceptedAsync(provider, script, payload));

    [Theory]
    [InlineData("compact JSON", true)]
    [InlineData("unicode", true)]
    [InlineData("300 KiB", true)]
    [InlineData("escapes", false)]
    [InlineData("CRLF and spaces", false)]
    public async Task CodeThatSerialisesAnew_AcceptsCompactJsonAlone(string payload, bool accepted) =>
        Assert.Equal(accepted, await IsAcceptedAsync("smarterbot", "smarterbot.js", payload));

    private static async Task<bool> IsAcceptedAsync(string provider, string script, string payload)
    {
        await using var proxy = await ProxyFixture.StartAsync();
        var response = await proxy.SendSignedAsync(provider, Payloads[payload]);
        Assert.Equal(200, response.Status);

        var received = Assert.Single(proxy.Consumer.Requests);
        return await VendorCode.AcceptsAsync(script, ProxyFixture.Secret, received.Body, received.Header(SignatureHeader(provider))!);
    }

    private static string SignatureHeader(string provider) =>
        provider == "smarterbot" ? "X-Webhook-Signature" : $"X-{provider}-Signature";
}
