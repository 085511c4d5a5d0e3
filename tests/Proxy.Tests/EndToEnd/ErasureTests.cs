using System.Security.Cryptography;
using System.Text;

namespace Proxy.Tests.EndToEnd;

/// <summary>
/// An observer who replays a failed delivery with unsigned parts changed must not have it taken for the delivery: the
/// provider's genuine retry would then be a duplicate, and the event lost.
/// </summary>
public sealed class ErasureTests
{
    private const string Configuration = """
        {
          "ReverseProxy": {
            "Routes": {
              "github": { "ClusterId": "consumer", "Match": { "Path": "/github" } },
              "twilio": { "ClusterId": "consumer", "Match": { "Path": "/twilio" } }
            },
            "Clusters": { "consumer": { "Destinations": { } } }
          },
          "Webhooks": {
            "Policies": {
              "github": { "Provider": "github", "Secrets": { "current": "env:TAWK_WEBHOOK_SECRET" }, "Replay": { "Mode": "Enforce" } },
              "twilio": {
                "Provider": "twilio", "Secrets": { "current": "env:TAWK_WEBHOOK_SECRET" },
                "PublicUrl": "https://hooks.example.com/twilio", "Replay": { "Mode": "Enforce" }
              }
            },
            "Drain": "00:00:02"
          }
        }
        """;

    private static readonly byte[] Body = "{\"action\":\"opened\"}"u8.ToArray();
    private static readonly (string Name, string Value) Signature = (
        "X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ProxyFixture.Secret), Body)));

    private static readonly (string Name, string Value) Event = ("X-GitHub-Event", "pull_request");

    public static TheoryData<string, string> UnsignedChanges => new()
    {
        { "X-GitHub-Event", "ping" },
        { "X_GitHub_Event", "ping" },
        { "X-HTTP-Method-Override", "DELETE" },
        { "Connection", "X-GitHub-Event" },
    };

    [Theory]
    [MemberData(nameof(UnsignedChanges))]
    public async Task ReplayWithUnsignedPartsChanged_DoesNotMakeTheRetryADuplicate(string name, string value)
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        (string, string)[] changed = name == Event.Name ? [Signature, (name, value)] : [Signature, Event, (name, value)];
        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post("/github", Body, changed))).Status);

        // Not acknowledged: the provider and the alert see that something is wrong, and the event is not lost in silence.
        Refusals.AssertProblem(await proxy.SendAsync(RawRequest.Post("/github", Body, Signature, Event)), 409);
        await proxy.AssertCountedAsync("github", "duplicate_altered");
    }

    [Fact]
    public async Task FormCutIntoOtherFields_DoesNotMakeTheRetryADuplicate()
    {
        await using var proxy = await ProxyFixture.StartAsync(Configuration);
        var genuine = "AccountSid=AC1&Body=Hello&From=%2B1555"u8.ToArray();
        var recut = "AccountSid=AC1BodyHelloFr&om=%2B1555"u8.ToArray();
        var mac = Convert.ToBase64String(CryptographicOperations.HmacData(
            HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(ProxyFixture.Secret), "https://hooks.example.com/twilioAccountSidAC1BodyHelloFrom+1555"u8));
        (string, string)[] headers = [("X-Twilio-Signature", mac), ("Content-Type", "application/x-www-form-urlencoded")];

        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post("/twilio", recut, headers))).Status);
        Refusals.AssertProblem(await proxy.SendAsync(RawRequest.Post("/twilio", genuine, headers)), 409);
        await proxy.AssertCountedAsync("twilio", "duplicate_altered");
    }
}
