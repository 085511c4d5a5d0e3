using System.Net;
using System.Net.Sockets;
using Proxy.Commands;
using Proxy.Commands.Check;
using Proxy.Tests.Configuration;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Commands.Check;

public sealed class ConfigurationCheckTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    [Fact]
    public async Task ValidConfiguration_PrintsItsRoutes()
    {
        Assert.Equal(ExitCode.Ok, await CheckAsync(Valid));

        var rows = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Columns);
        Assert.Equal(
            [
                ["route", "policy", "provider", "mode", "secrets", "upstream"],
                ["tawk", "tawk", "tawk", "Enforce", "current", "http://127.0.0.1:5000/base/"],
            ],
            rows);
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task UnverifiedRoute_SaysSo()
    {
        await CheckAsync(WithRoute("""
            "Metadata": { "WebhookPolicy": "None" }
            """));

        Assert.Contains("unverified", _output.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("warning: main.json: $.Webhooks.Policies.tawk", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_GoToTheErrorsAloneAndExitWith3()
    {
        Assert.Equal(3, await CheckAsync(WithPolicy("\"MaxBodyBytes\": 0, \"Retires\": 1")));

        Assert.Empty(_output.ToString());
        Assert.EndsWith("The configuration has 2 errors.\n", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpstreamThatListens_IsConnectedTo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.Equal(ExitCode.Ok, await CheckAsync(WithUpstream($"http://{listener.LocalEndpoint}/base/"), connect: true));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task UpstreamThatDoesNotListen_ExitsWith1(string scheme)
    {
        // Bound but not listening: the port is nobody else's, and connections to it are refused.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Equal(1, await CheckAsync(WithUpstream($"{scheme}://{bound.LocalEndPoint}/"), connect: true));
        Assert.Contains($"upstream {scheme}://{bound.LocalEndPoint}/: ", _errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static string[] Columns(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string WithUpstream(string address) => Valid.Replace("http://127.0.0.1:5000/base/", address, StringComparison.Ordinal);

    private Task<int> CheckAsync(string json, bool connect = false)
    {
        _directory.Write("main.json", json);
        return new ConfigurationCheck(_directory.Source(), _output, _errors, isTerminal: false).RunAsync(connect, CancellationToken.None);
    }
}
