using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Proxy.Management;

namespace Proxy.Tests.Management;

public sealed class ManagementHostTests
{
    [Fact]
    public async Task Readyz_FollowsReadiness()
    {
        await using var fixture = await ManagementFixture.StartAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready\n"), await GetAsync(fixture, "/readyz"));
        fixture.Readiness.MarkReady();
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await GetAsync(fixture, "/readyz"));
        fixture.Readiness.StartDraining();
        fixture.Readiness.MarkReady();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining\n"), await GetAsync(fixture, "/readyz"));
        Assert.Equal((HttpStatusCode.OK, "live\n"), await GetAsync(fixture, "/livez"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/metrics/x")]
    [InlineData("/LIVEZ2")]
    [InlineData("/hooks/stripe")]
    public async Task UnknownPath_Is404(string path)
    {
        await using var fixture = await ManagementFixture.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(fixture, path)).Status);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task OtherMethods_Are405WithAllow(string method)
    {
        await using var fixture = await ManagementFixture.StartAsync();

        foreach (var path in new[] { "/livez", "/readyz", "/metrics" })
        {
            using var response = await fixture.SendAsync(path, method);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
            Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order());
        }
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/metrics")]
    public async Task Head_HasNoBody(string path)
    {
        await using var fixture = await ManagementFixture.StartAsync();

        using var response = await fixture.SendAsync(path, "HEAD");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("[::1]", true)]
    [InlineData("attacker.example", false)]
    [InlineData("localhost.attacker.example", false)]
    [InlineData("127.0.0.2", false)]
    public async Task LoopbackListener_AnswersOnlyToItsOwnNames(string host, bool answered)
    {
        await using var fixture = await ManagementFixture.StartAsync();

        using var right = await fixture.SendAsync("/livez", host: $"{host}:{fixture.Port}");
        using var withoutPort = await fixture.SendAsync("/livez", host: host);
        using var otherPort = await fixture.SendAsync("/livez", host: $"{host}:{fixture.Port % 60000 + 1}");

        Assert.Equal(answered ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, right.StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, withoutPort.StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, otherPort.StatusCode);
    }

    [Fact]
    public async Task RemoteListener_AnswersToAnyName()
    {
        await using var fixture = await ManagementFixture.StartAsync("http://0.0.0.0:0", allowRemote: true);

        using var response = await fixture.SendAsync("/livez", host: "proxy.internal");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://proxy.internal:0")]
    [InlineData("http://localhost.attacker.example:0")]
    public void RemoteAddressWithoutAllowRemote_Throws(string url) => Assert.Throws<ArgumentException>(
        () => new ManagementHost(new(url, AllowRemote: false, Token: null), new(), new(), NullLoggerFactory.Instance));

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer s3cret-tokenx")]
    [InlineData("Basic s3cret-token")]
    [InlineData("s3cret-token")]
    public async Task WrongToken_Is401ButProbesAreOpen(string? authorization)
    {
        await using var fixture = await ManagementFixture.StartAsync(token: "s3cret-token");

        foreach (var path in new[] { "/metrics", "/page", "/nothing" })
        {
            using var response = await fixture.SendAsync(path, authorization: authorization);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(fixture, "/livez")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(fixture, "/readyz")).Status);
    }

    [Theory]
    [InlineData("Bearer s3cret-token")]
    [InlineData("bearer  s3cret-token")]
    public async Task RightToken_OpensEverything(string authorization)
    {
        await using var fixture = await ManagementFixture.StartAsync(token: "s3cret-token");

        using var metrics = await fixture.SendAsync("/metrics", authorization: authorization);
        using var page = await fixture.SendAsync("/page", authorization: authorization);

        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
        Assert.Equal("page", await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task FailedCollection_Is500()
    {
        await using var fixture = await ManagementFixture.StartAsync(exporter: new() { Collect = _ => false });

        Assert.Equal(HttpStatusCode.InternalServerError, (await GetAsync(fixture, "/metrics")).Status);
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(ManagementFixture fixture, string path)
    {
        using var response = await fixture.SendAsync(path);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
