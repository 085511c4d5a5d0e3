using System.Text;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Management;

/// <summary>Nothing of the management listener can be had where providers call, by whatever name a client calls the proxy.</summary>
public sealed class PublicListenerTests
{
    private static readonly string[] Paths = ["/", "/metrics", "/api/status", "/livez", "/readyz"];

    [Fact]
    public async Task HostOfTheManagementListener_OpensNothing()
    {
        await using var proxy = await ProxyFixture.StartAsync();

        foreach (var request in Requests(proxy))
        {
            Refusals.AssertProblem(await proxy.SendAsync(Encoding.Latin1.GetBytes(request)), 404);
        }
    }

    [Fact]
    public async Task RouteForEverything_GetsTheseRequestsAsAnyOther()
    {
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string>
        {
            ["ReverseProxy__Routes__open__ClusterId"] = "consumer",
            ["ReverseProxy__Routes__open__Match__Path"] = "/{**rest}",
            ["ReverseProxy__Routes__open__Metadata__WebhookPolicy"] = "None",
        });
        proxy.Consumer.Respond = static _ => ConsumerReply.Answer(200, "of the consumer");

        foreach (var request in Requests(proxy))
        {
            var answer = await proxy.SendAsync(Encoding.Latin1.GetBytes(request));
            Assert.True(answer is { Status: 200, Text: "of the consumer" }, $"{request}{answer.Status} {answer.Text}");
        }
    }

    /// <summary>Origin-form and absolute-form, with the address that it listens on, its names, and the default one.</summary>
    private static IEnumerable<string> Requests(ProxyFixture proxy) =>
        from host in new[] { $"127.0.0.1:{proxy.ManagementAddress.Port}", $"localhost:{proxy.ManagementAddress.Port}", $"[::1]:{proxy.ManagementAddress.Port}", "127.0.0.1:8081", "localhost" }
        from path in Paths
        from target in new[] { path, $"http://{host}{path}" }
        select $"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n";
}
