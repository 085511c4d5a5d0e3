using System.Diagnostics;
using Proxy.Tests.Documents;

namespace Proxy.Tests.Deployment;

/// <summary>The consumer of config/compose.yaml, run as its container runs it.</summary>
public sealed class SampleConsumerTests
{
    [Fact]
    public async Task Webhook_IsShownAndAnswered()
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Repository.PathOf("config/compose/consumer.mjs")])
        {
            RedirectStandardOutput = true,
            Environment = { ["PORT"] = "0" },
        })!;
        try
        {
            var listening = await Deadline.Within(node.StandardOutput.ReadLineAsync(), "the consumer to listen");
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Add("X-Webhook-Verified", "true");
            using var body = new StringContent("""{"a":1}""");
            using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{listening!.Split(' ')[^1]}/webhooks/tawk"), body);

            Assert.True(answer.IsSuccessStatusCode);
            Assert.Equal("""POST /webhooks/tawk verified=true {"a":1}""", await Deadline.Within(node.StandardOutput.ReadLineAsync(), "a line for the webhook"));
        }
        finally
        {
            node.Kill();
            await node.WaitForExitAsync();
        }
    }
}
