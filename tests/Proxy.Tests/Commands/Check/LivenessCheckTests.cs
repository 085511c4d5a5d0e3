using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Proxy.Commands;
using Proxy.Commands.Check;

namespace Proxy.Tests.Commands.Check;

public sealed class LivenessCheckTests
{
    [Theory]
    [InlineData("/livez", 0, "")]
    [InlineData("/", 0, "")]
    [InlineData("/draining", 1, "Not live: answered 503.")]
    public async Task RunningServer_IsJudgedByItsStatus(string path, int exitCode, string expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.MapGet("/livez", static () => Results.Ok());
        server.MapGet("/draining", static () => Results.StatusCode(503));
        await server.StartAsync();
        using var errors = new StringWriter();

        Assert.Equal(exitCode, await LivenessCheck.RunAsync(new Uri(server.Urls.Single() + path), errors, CancellationToken.None));
        Assert.Equal(expected, errors.ToString().Trim());
    }

    [Fact]
    public async Task NoServer_IsNotLive()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var errors = new StringWriter();

        Assert.Equal(1, await LivenessCheck.RunAsync(new Uri($"http://{bound.LocalEndPoint}/livez"), errors, CancellationToken.None));
        Assert.StartsWith("Not live: ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void LiveWithoutAUrl_IsAUsageError() =>
        Assert.NotEmpty(CheckCommand.Create(CommandIo.OfProcess()).Parse("--live nowhere").Errors);
}
