using System.Diagnostics;
using System.Net.Security;
using Microsoft.Extensions.DependencyInjection;
using Proxy.Commands.Demo;
using Proxy.Configuration;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Listening;

/// <summary>Certificates that are renewed while the proxy runs, seen by clients over real sockets.</summary>
public sealed class CertificateReloadTests : IDisposable
{
    private const string Name = "proxy.example.com";

    private static readonly byte[] Webhook =
        RawRequest.Post("/webhooks/protocol", "{}"u8, ProviderSignature.Protocol(ProxyFixture.Secret, "{}"u8));

    private readonly TestAuthority _authority = new();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("certificates-");

    /// <summary>The ways in which certificates are renewed: by a script, by an ACME client, by a mounted Secret of Kubernetes.</summary>
    public enum Way
    {
        Overwritten,
        Renamed,
        LinkSwapped,
    }

    [Theory]
    [InlineData(Way.Overwritten)]
    [InlineData(Way.Renamed)]
    [InlineData(Way.LinkSwapped)]
    public async Task ReplacedFile_IsSeenByNewHandshakesWhileOldConnectionsLiveOn(Way way)
    {
        Renew("first.example.com", way);
        await using var proxy = await ProxyFixture.StartAsync(environment: Endpoint());
        await using var old = await TlsClient.ConnectAsync(proxy.Address, Name);
        Assert.Equal("CN=first.example.com", old.Subject);

        Renew("second.example.com", way);
        await ShowsAsync(proxy, "CN=second.example.com");

        Assert.Equal(200, await old.SendAsync(Webhook));
        await using var client = await TlsClient.ConnectAsync(proxy.Address, Name);
        Assert.Equal(200, await client.SendAsync(Webhook));
        Assert.Empty(proxy.Services.GetRequiredService<SnapshotSource>().Current.RestartNeeded);
    }

    [Fact]
    public async Task Intermediates_AreSentAlsoAfterAReload()
    {
        Renew("first.example.com", Way.Overwritten);
        await using var proxy = await ProxyFixture.StartAsync(environment: Endpoint());
        await TrustsAsync(proxy, "CN=first.example.com");
        Renew("second.example.com", Way.Overwritten);
        await ShowsAsync(proxy, "CN=second.example.com");
        await TrustsAsync(proxy, "CN=second.example.com");
    }

    [Theory]
    [InlineData(null, "h2")]
    [InlineData("Http1", "http/1.1")]
    [InlineData("Http2", "h2")]
    public async Task Alpn_IsAsTheProtocolsOfTheEndpoint(string? protocols, string expected)
    {
        Renew("first.example.com", Way.Overwritten);
        var environment = Endpoint();
        if (protocols is not null)
        {
            environment["Kestrel__Endpoints__tls__Protocols"] = protocols;
        }

        await using var proxy = await ProxyFixture.StartAsync(environment: environment);
        await using var client = await TlsClient.ConnectAsync(proxy.Address, Name, SslApplicationProtocol.Http2, SslApplicationProtocol.Http11);
        Assert.Equal(expected, client.Protocol.ToString());
    }

    [Fact]
    public async Task PathThatChanges_NeedsNoRestart()
    {
        Renew("first.example.com", Way.Overwritten);
        var environment = Endpoint();
        Assert.True(environment.Remove("Kestrel__Endpoints__tls__Certificate__Path"));
        await using var proxy = await ProxyFixture.StartAsync(Configuration("certificate.pem"), environment);
        Assert.Equal("CN=first.example.com", await TlsClient.SubjectAsync(proxy.Address, Name));

        using var another = _authority.Issue("another.example.com");
        File.WriteAllText(PathOf("another.pem"), _authority.Chain(another) + TestAuthority.Key(another));
        proxy.Rewrite(Configuration("another.pem").Replace("\"KeyPath\"", "\"$comment\"", StringComparison.Ordinal));
        await Deadline.Until(() => RejectedAsync(proxy), "the unknown key to be refused");
        Assert.Equal("CN=first.example.com", await TlsClient.SubjectAsync(proxy.Address, Name));

        File.WriteAllText(PathOf("key.pem"), TestAuthority.Key(another));
        proxy.Rewrite(Configuration("another.pem"));
        await ShowsAsync(proxy, "CN=another.example.com");
        Assert.Empty(proxy.Services.GetRequiredService<SnapshotSource>().Current.RestartNeeded);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _files.Delete(recursive: true);
    }

    private static async Task<bool> RejectedAsync(ProxyFixture proxy)
    {
        proxy.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await proxy.ScrapeAsync()).Sum("webhook_config_reloads_total", ("result", "rejected")) > 0;
    }

    private static Task ShowsAsync(ProxyFixture proxy, string subject) => Deadline.Until(
        async () =>
        {
            proxy.Clock.Advance(TimeSpan.FromSeconds(1));
            return await TlsClient.SubjectAsync(proxy.Address, Name) == subject;
        },
        $"{subject} to be shown");

    private async Task TrustsAsync(ProxyFixture proxy, string subject)
    {
        await using var client = await TlsClient.ConnectAsync(proxy.Address, Name);
        Assert.Equal(subject, client.Subject);
        Assert.Contains(_authority.Intermediate, client.Sent);
        Assert.True(_authority.Trusts(client.Certificate, client.Sent));
    }

    private string PathOf(string name) => Path.Combine(_files.FullName, name);

    private Dictionary<string, string> Endpoint() => new()
    {
        ["Kestrel__Endpoints__tls__Url"] = "https://127.0.0.1:0",
        ["Kestrel__Endpoints__tls__Certificate__Path"] = PathOf("certificate.pem"),
        ["Kestrel__Endpoints__tls__Certificate__KeyPath"] = PathOf("key.pem"),
    };

    private string Configuration(string file) => ProxyFixture.FourProviders.Replace(
        "\"ReverseProxy\": {",
        $$"""
        "Kestrel": { "Endpoints": { "tls": { "Certificate": { "Path": "{{PathOf(file)}}", "KeyPath": "{{PathOf("key.pem")}}" } } } },
        "ReverseProxy": {
        """,
        StringComparison.Ordinal);

    private void Renew(string name, Way way)
    {
        using var certificate = _authority.Issue(name);
        (string Name, string Content)[] files = [("certificate.pem", _authority.Chain(certificate)), ("key.pem", TestAuthority.Key(certificate))];
        if (way == Way.LinkSwapped)
        {
            SwapLinks(name, files);
            return;
        }

        foreach (var file in files)
        {
            if (way == Way.Overwritten)
            {
                File.WriteAllText(PathOf(file.Name), file.Content);
            }
            else
            {
                File.WriteAllText(PathOf("new"), file.Content);
                File.Move(PathOf("new"), PathOf(file.Name), overwrite: true);
            }
        }
    }

    /// <summary>As the kubelet does: files are links through "..data", and that link is replaced by one rename.</summary>
    private void SwapLinks(string version, (string Name, string Content)[] files)
    {
        Directory.CreateDirectory(PathOf(version));
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(PathOf(version), name), content);
            if (!File.Exists(PathOf(name)))
            {
                File.CreateSymbolicLink(PathOf(name), Path.Combine("..data", name));
            }
        }

        Directory.CreateSymbolicLink(PathOf("..data_tmp"), version);
        using var rename = Process.Start("mv", ["-T", PathOf("..data_tmp"), PathOf("..data")]);
        rename.WaitForExit();
        Assert.Equal(0, rename.ExitCode);
    }
}
