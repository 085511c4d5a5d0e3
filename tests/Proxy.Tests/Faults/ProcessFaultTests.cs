using System.Net.Sockets;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Faults;

/// <summary>What the machine runs out of under the proxy: descriptors, and room for its log.</summary>
public sealed class ProcessFaultTests
{
    private const int Descriptors = 300;

    private static readonly byte[] Body = "{}"u8.ToArray();

    [Fact]
    public async Task OutOfFileDescriptors_LosesNothingAndServesOnceThereAreSome()
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartUnderAsync(["bash", "-c", $"ulimit -n {Descriptors}; exec \"$@\"", "bash"], consumer.Address);
        using var open = await RawHttpClient.ConnectAsync(proxy.Address);
        await DeliverAsync(open, Body);

        var idle = new List<RawHttpClient>();
        for (var i = 0; i < Descriptors; i++)
        {
            idle.Add(await RawHttpClient.ConnectAsync(proxy.Address));
        }

        // No connection is accepted any more: the kernel keeps it, and what is sent on it, until one is.
        var webhook = ProxyProcess.Signed("smarterbot", "{\"Type\":\"Lead\"}"u8);
        using var waiting = await RawHttpClient.ConnectAsync(proxy.Address);
        await waiting.SendAsync(webhook);

        // The configuration cannot be read either, and the one in force stays: what is connected is served.
        await Deadline.Until(() => proxy.Output.Contains("cannot be read", StringComparison.Ordinal), "a look at the configuration that fails");
        await DeliverAsync(open, "{\"Type\":\"Test\"}"u8.ToArray());
        idle.ForEach(static connection => connection.Dispose());

        // Answered late, or not at all, as any sender would have it: then it is sent again.
        await Deadline.Until(async () => await TryAsync(() => proxy.SendAsync(webhook)) == 200, "the webhook to be accepted");
        Assert.Equal(3, consumer.Requests.Count);
        Assert.Equal(200, await proxy.ReadinessAsync());
        await Deadline.Until(async () => (await proxy.ScrapeAsync()).Sum("webhook_config_last_reload_successful") == 1, "the configuration to be read again");
    }

    [Theory]
    [InlineData("exec \"$@\" >/dev/full 2>&1")]
    [InlineData("exec \"$@\" > >(exec true) 2>&1")]
    public async Task LogThatCannotBeWritten_CostsTheLogAlone(string command)
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartUnderAsync(["bash", "-c", command, "bash"], consumer.Address);
        for (var i = 0; i < 100; i++)
        {
            var webhook = ProxyProcess.Signed("smarterbot", System.Text.Encoding.ASCII.GetBytes($"{{\"id\":{i}}}"));
            Assert.Equal(200, (await proxy.SendAsync(webhook)).Status);
            // A refusal is a line of the log.
            Assert.Equal(400, (await proxy.SendAsync(RawRequest.Post("/webhooks/smarterbot", Body))).Status);
        }

        Assert.Equal(100, consumer.Requests.Count);
        var scrape = await proxy.ScrapeAsync();
        Assert.Equal(100, scrape.Sum("webhook_requests_total", ("outcome", "verified")));
        Assert.Equal(100, scrape.Sum("webhook_requests_total", ("reason", "signature_missing")));
    }

    private static async Task DeliverAsync(RawHttpClient connection, byte[] body)
    {
        await connection.SendAsync(ProxyProcess.Signed("smarterbot", body));
        Assert.Equal(200, (await connection.ReadResponseAsync()).Status);
    }

    private static async Task<int> TryAsync(Func<Task<RawResponse>> send)
    {
        try
        {
            return (await send()).Status;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return 0;
        }
    }
}
