using System.Net;
using System.Text.Json;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Operations;

/// <summary>What <c>/</c> and <c>/api/status</c> say, without a browser.</summary>
public sealed class StatusTests : IDisposable
{
    private readonly HttpClient _client = new();

    [Fact]
    public async Task BusyProxy_IsReportedAsJson()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        await proxy.SendOneOfEachAsync();
        await proxy.BreakConfigurationAsync();

        using var status = JsonDocument.Parse(await GetAsync(proxy, "/api/status"));

        var root = status.RootElement;
        Assert.Equal("ready", root.GetProperty("readiness").GetString());
        Assert.False(root.GetProperty("configuration").GetProperty("successful").GetBoolean());
        Assert.Equal("$.Webhooks.Policies.protocol.Mode", root.GetProperty("configuration").GetProperty("errors")[0].GetProperty("path").GetString());
        var tawk = Item(root.GetProperty("routes"), "id", "tawk");
        Assert.Equal(["current 2", "previous 1"], tawk.GetProperty("secrets").EnumerateArray().Select(
            secret => $"{secret.GetProperty("name")} {secret.GetProperty("matches")}"));
        Assert.Equal(2, tawk.GetProperty("refused").EnumerateArray().Sum(minute => minute.GetInt64()));
        Assert.Equal(1, tawk.GetProperty("upstream").GetProperty("responses").GetProperty("5xx").GetInt64());
        var clock = Item(root.GetProperty("routes"), "id", "smarterbot").GetProperty("clock");
        Assert.InRange(clock.GetProperty("oldestSeconds").GetDouble(), 2, 3);
        Assert.InRange(clock.GetProperty("furthestAheadSeconds").GetDouble(), 2, 3);
        Assert.Equal("duplicate_altered", root.GetProperty("refusals")[0].GetProperty("reason").GetString());
        Assert.Equal(1, root.GetProperty("replay").GetProperty("checks").GetProperty("altered").GetInt64());
        Assert.Contains(root.GetProperty("destinations").EnumerateArray(), destination => destination.GetProperty("address").GetString() == "http://127.0.0.1:1/");
    }

    [Fact]
    public async Task ManyRefusals_KeepTheNewest()
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        for (var i = 0; i < 60; i++)
        {
            await proxy.SendUnsignedAsync("/webhooks/tawk");
        }

        await proxy.SendForgedAsync("tawk");

        using var status = JsonDocument.Parse(await GetAsync(proxy, "/api/status"));
        var refusals = status.RootElement.GetProperty("refusals");
        Assert.Equal(50, refusals.GetArrayLength());
        Assert.Equal("signature_mismatch", refusals[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/status")]
    public async Task EitherPage_TellsNoSecretAndNothingThatWasSent(string path)
    {
        await using var proxy = await OperationsTraffic.StartAsync();
        await proxy.SendAsync(RawRequest.Post("/webhooks/tawk?token=in-the-query", "in-the-body"u8, ("X-Tawk-Signature", "in-the-signature"), ("X-Custom", "in-a-header")));

        var page = await GetAsync(proxy, path);

        Assert.Contains("signature_malformed", page, StringComparison.Ordinal);
        Assert.All(
            [ProxyFixture.Secret, OperationsTraffic.OldSecret, "in-the-query", "in-the-body", "in-the-signature", "in-a-header"],
            secret => Assert.DoesNotContain(secret, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MarkupInARouteId_IsText()
    {
        const string Hostile = "<img src=x onerror=alert(1)>&";
        await using var proxy = await OperationsTraffic.StartAsync(
            OperationsTraffic.Configuration.Replace("\"legacy\":", $"\"{Hostile}\":", StringComparison.Ordinal));

        var page = await GetAsync(proxy, "/");

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;&amp;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AllowsNothingButItsOwnStyleAndScript()
    {
        await using var proxy = await OperationsTraffic.StartAsync();

        using var response = await _client.GetAsync(proxy.ManagementAddress);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task DestinationThatFailsUnderTraffic_IsUnhealthyAndNoticed()
    {
        await using var proxy = await OperationsTraffic.StartAsync(
            OperationsTraffic.Configuration.Replace("\"Retries\": 1", "\"Retries\": 0", StringComparison.Ordinal),
            settings: ("ReverseProxy__Clusters__gone__HealthCheck__Passive__Enabled", "true"));
        Assert.Equal("unknown", (await DestinationAsync(proxy)).GetProperty("passive").GetString());

        // YARP makes up its mind after ten requests.
        for (var i = 0; i < 10; i++)
        {
            await proxy.SendGenuineAsync("chatbase");
        }

        await Deadline.Until(async () => (await DestinationAsync(proxy)).GetProperty("passive").GetString() == "unhealthy", "the destination to be unhealthy");
        using var status = JsonDocument.Parse(await GetAsync(proxy, "/api/status"));
        Assert.Equal("warning", Item(status.RootElement.GetProperty("notices"), "subject", "two").GetProperty("severity").GetString());
    }

    public void Dispose() => _client.Dispose();

    private Task<string> GetAsync(ProxyFixture proxy, string path) => _client.GetStringAsync(new Uri(proxy.ManagementAddress, path));

    private async Task<JsonElement> DestinationAsync(ProxyFixture proxy)
    {
        using var status = JsonDocument.Parse(await GetAsync(proxy, "/api/status"));
        return Item(status.RootElement.GetProperty("destinations"), "cluster", "gone").Clone();
    }

    private static JsonElement Item(JsonElement list, string member, string value) =>
        list.EnumerateArray().Single(item => item.GetProperty(member).GetString() == value);
}
