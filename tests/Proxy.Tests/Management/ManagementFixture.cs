using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Proxy.Management;
using Proxy.Telemetry.Prometheus;
using WebhookVerification;

namespace Proxy.Tests.Management;

/// <summary>A management listener on a port chosen by the system.</summary>
internal sealed class ManagementFixture : IAsyncDisposable
{
    private readonly ManagementHost _host;

    private ManagementFixture(ManagementHost host) => _host = host;

    public Readiness Readiness { get; private init; } = new();

    public HttpClient Client { get; private init; } = new();

    public int Port => _host.Address.Port;

    public static async Task<ManagementFixture> StartAsync(
        string url = "http://127.0.0.1:0", bool allowRemote = false, string? token = null, PrometheusExporter? exporter = null)
    {
        var secret = token is null ? null : new Secret("Token", Encoding.UTF8.GetBytes(token));
        var readiness = new Readiness();
        var host = new ManagementHost(
            new(url, allowRemote, secret), exporter ?? new() { Collect = _ => true }, readiness, NullLoggerFactory.Instance,
            pages => pages.MapGet("/page", () => "page"));
        await host.StartAsync(CancellationToken.None);
        return new(host)
        {
            Readiness = readiness,
            Client = new() { BaseAddress = new($"http://127.0.0.1:{host.Address.Port}") },
        };
    }

    public async Task<HttpResponseMessage> SendAsync(
        string path, string method = "GET", string? host = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Headers.Host = host;
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }
}
