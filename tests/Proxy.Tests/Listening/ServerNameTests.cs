using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Nodes;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Listening;

/// <summary>Several names on one endpoint, and clients that must show a certificate.</summary>
public sealed class ServerNameTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("server-names-");

    [Theory]
    [InlineData("a.example.com", "a")]
    [InlineData("A.EXAMPLE.COM", "a")]
    [InlineData("b.example.com", "wild")]
    [InlineData("b.deep.example.com", "deep")]
    [InlineData("c.example.com", "own")]
    [InlineData("example.org", "any")]
    public async Task EachName_HasItsCertificate(string name, string expected)
    {
        await using var proxy = await StartAsync(("a.example.com", "a"), ("*.example.com", "wild"), ("*.deep.example.com", "deep"), ("c.example.com", null), ("*", "any"));
        Assert.Equal($"CN={expected}", await TlsClient.SubjectAsync(proxy.Address, name));
    }

    [Fact]
    public async Task NameThatIsNotListed_IsTurnedAway()
    {
        await using var proxy = await StartAsync(("*.example.com", "wild"));
        await Assert.ThrowsAnyAsync<Exception>(() => TlsClient.SubjectAsync(proxy.Address, "example.com"));
        await Assert.ThrowsAnyAsync<Exception>(() => TlsClient.SubjectAsync(proxy.Address, "example.org"));
        Assert.Equal("CN=wild", await TlsClient.SubjectAsync(proxy.Address, "a.example.com"));
    }

    [Theory]
    [InlineData("NoCertificate", true)]
    [InlineData("AllowCertificate", true)]
    [InlineData("DelayCertificate", true)]
    [InlineData("RequireCertificate", false)]
    public async Task ClientWithoutACertificate_IsServedUnlessOneIsRequired(string mode, bool served)
    {
        var settings = Endpoint();
        settings["Kestrel__Endpoints__tls__ClientCertificateMode"] = mode;
        await using var proxy = await ProxyFixture.StartAsync(environment: settings);
        if (served)
        {
            await using var client = await TlsClient.ConnectAsync(proxy.Address, "own");
            Assert.Equal(404, await client.SendAsync(RawRequest.Get("/")));
            return;
        }

        // With TLS 1.3 a client hears of it after its own handshake.
        var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var client = await TlsClient.ConnectAsync(proxy.Address, "own");
            await client.SendAsync(RawRequest.Get("/"));
        });
        Assert.True(error is IOException or AuthenticationException, error.ToString());
    }

    public void Dispose()
    {
        _authority.Dispose();
        _files.Delete(recursive: true);
    }

    /// <summary>An endpoint with the certificate "own", and names, each with its own certificate or that of the endpoint.</summary>
    private Task<ProxyFixture> StartAsync(params (string Name, string? Certificate)[] names)
    {
        var certificates = names.ToDictionary(
            static name => name.Name, name => name.Certificate is null ? new JsonObject() : new JsonObject { ["Certificate"] = new JsonObject { ["Path"] = Write(name.Certificate) } });
        return ProxyFixture.StartAsync(
            ProxyFixture.FourProviders.Replace(
                "\"ReverseProxy\": {",
                $$"""
                "Kestrel": { "Endpoints": { "tls": { "Sni": {{JsonSerializer.Serialize(certificates)}} } } },
                "ReverseProxy": {
                """,
                StringComparison.Ordinal),
            Endpoint());
    }

    private Dictionary<string, string> Endpoint() => new()
    {
        ["Kestrel__Endpoints__tls__Url"] = "https://127.0.0.1:0",
        ["Kestrel__Endpoints__tls__Certificate__Path"] = Write("own"),
    };

    private string Write(string name)
    {
        using var certificate = _authority.Issue(name);
        var path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, _authority.Chain(certificate) + TestAuthority.Key(certificate));
        return path;
    }
}
