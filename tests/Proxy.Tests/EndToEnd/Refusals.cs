using System.Globalization;
using System.Text.Json;

namespace Proxy.Tests.EndToEnd;

/// <summary>What every refusal has in common.</summary>
internal static class Refusals
{
    /// <summary>Sends a request that must be refused: the status, the reason in the metrics, nothing at the consumer.</summary>
    public static async Task<RawResponse> AssertRefusedAsync(
        this ProxyFixture proxy, string route, ReadOnlyMemory<byte> request, int status, string reason)
    {
        var response = await proxy.SendAsync(request);
        AssertProblem(response, status);
        await proxy.AssertCountedAsync(route, reason);
        Assert.Empty(proxy.Consumer.Requests);
        return response;
    }

    /// <summary>Exactly title, status and traceId: nothing tells which check failed.</summary>
    public static void AssertProblem(RawResponse response, int status)
    {
        Assert.Equal(status, response.Status);
        Assert.Equal("application/problem+json", response.Header("Content-Type"));
        using var problem = JsonDocument.Parse(response.Text);
        Assert.Equal(["title", "status", "traceId"], problem.RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        var traceId = problem.RootElement.GetProperty("traceId").GetString()!;
        Assert.Equal(32, traceId.Length);
        Assert.NotEqual(UInt128.Zero, UInt128.Parse(traceId, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    /// <summary>Waits for the count: the client may have its answer, or be gone, before the request is over for the proxy.</summary>
    public static Task AssertCountedAsync(this ProxyFixture proxy, string route, string reason, int count = 1) => Deadline.Until(
        async () => (int)(await proxy.ScrapeAsync()).Sum("webhook_requests_total", ("route", route), ("reason", reason)) == count,
        $"{count} request(s) on {route} counted as {reason}");
}
