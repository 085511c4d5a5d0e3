using System.Text;
using Proxy.Commands;
using Proxy.Commands.Demo;
using Proxy.Tests.Commands;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Operations;

/// <summary>From a refused request to its cause: the proxy keeps the file, the verb reads it.</summary>
public sealed class CapturedRefusalTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("captured-");

    private string Kept => Path.Combine(_parent.FullName, "kept");

    private string Configuration => $$"""
        {
          "ReverseProxy": {
            "Routes": {
              "tawk": { "ClusterId": "consumer", "Match": { "Path": "/webhooks/tawk" } },
              "smarterbot": { "ClusterId": "consumer", "Match": { "Path": "/webhooks/smarterbot" } },
              "chatbase": { "ClusterId": "consumer", "Match": { "Path": "/webhooks/chatbase" } }
            },
            "Clusters": { "consumer": { "Destinations": { "app": { "Address": "http://127.0.0.1:1/" } } } }
          },
          "Webhooks": {
            "Policies": {
              "tawk": { "Provider": "tawk", "Secrets": { "current": "env:CURRENT_SECRET", "previous": "env:PREVIOUS_SECRET" } },
              "smarterbot": { "Provider": "smarterbot", "Secrets": { "current": "env:CURRENT_SECRET" } },
              "chatbase": { "Provider": "chatbase", "Secrets": { "current": "env:CURRENT_SECRET" } }
            },
            "Capture": { "Directory": "{{Kept}}" }
          }
        }
        """;

    [Theory]
    [InlineData("--provider tawk --secret env:CURRENT_SECRET")]
    [InlineData("--config proxy.json --route tawk")]
    public async Task JsonWrittenAgainOnTheWay_IsNamedFromTheCapture(string who)
    {
        await using var proxy = await OperationsTraffic.StartAsync(Configuration);
        var signature = ProviderSignature.Tawk(ProxyFixture.Secret, "{\"event\":\"chat:start\",\"n\":1}"u8);
        Assert.Equal(400, (await proxy.SendAsync(RawRequest.PostChunked("/webhooks/tawk", "{\"event\": \"chat:start\", \"n\": 1}"u8, 7, signature))).Status);

        var run = await ExplainAsync(proxy, who);

        Assert.Equal((ExitCode.NotVerified, ""), (run.Code, run.Error));
        Assert.Contains("not verified: signature_mismatch", run.Output, StringComparison.Ordinal);
        Assert.Contains("length      31 bytes", run.Output, StringComparison.Ordinal);
        Assert.Contains("cause         json-reserialised: the same JSON was signed, written in another way: compact.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretOfAnotherPolicy_IsNamedFromTheCapture()
    {
        await using var proxy = await OperationsTraffic.StartAsync(Configuration);
        Assert.Equal(400, (await proxy.SendAsync(RawRequest.Post("/webhooks/chatbase", "{}"u8, ProviderSignature.Chatbase(OperationsTraffic.OldSecret, "{}"u8)))).Status);

        var run = await ExplainAsync(proxy, "--config proxy.json --route chatbase");

        Assert.Contains("cause         secret-of-another-policy: it is signed with the secret tawk/previous.", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Refused before its body was read: the capture is a head, and says no more than that.</summary>
    [Fact]
    public async Task TooOld_IsTheClockFromTheHeadersAlone()
    {
        await using var proxy = await OperationsTraffic.StartAsync(Configuration);
        Assert.Equal(400, (await proxy.SendGenuineAsync("smarterbot", TimeSpan.FromHours(1))).Status);

        var run = await ExplainAsync(proxy, $"--provider smarterbot --secret env:CURRENT_SECRET --now {proxy.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}");

        Assert.Equal((ExitCode.NotVerified, ""), (run.Code, run.Error));
        Assert.Contains("not verified: timestamp_too_old", run.Output, StringComparison.Ordinal);
        Assert.Contains("body          not in the capture", run.Output, StringComparison.Ordinal);
        Assert.Contains("cause         clock: the signed time is 01:00:00 before the clock", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("truncated-body", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sha256 ", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private async Task<CommandRun> ExplainAsync(ProxyFixture proxy, string who)
    {
        await Deadline.Until(() => Directory.Exists(Kept) && Directory.GetFiles(Kept, "*.http").Length == 1, "the refused request to be kept");
        await proxy.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(_parent.FullName, "proxy.json"), Configuration, Encoding.UTF8);
        var environment = new Dictionary<string, string> { ["CURRENT_SECRET"] = ProxyFixture.Secret, ["PREVIOUS_SECRET"] = OperationsTraffic.OldSecret };
        return await CommandRun.OfAsync(
            ["explain", .. who.Split(' '), "--request", Directory.GetFiles(Kept, "*.http").Single()], environment: environment, directory: _parent.FullName);
    }
}
