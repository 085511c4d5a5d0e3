using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Proxy.Commands.Check;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Listening;

/// <summary>A certificate names the address where its issuer's can be had. Nobody makes the proxy fetch from an address that way.</summary>
public sealed class CertificateDownloadTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("downloads-");
    private readonly Socket _named = LoopbackListener.Open();

    [Fact]
    public async Task AddressInAClientsCertificate_IsNotAsked()
    {
        using var own = _authority.Issue("own");
        await File.WriteAllTextAsync(Path.Combine(_files.FullName, "own.pem"), _authority.Chain(own) + TestAuthority.Key(own));
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string>
        {
            ["Kestrel__Endpoints__tls__Url"] = "https://127.0.0.1:0",
            ["Kestrel__Endpoints__tls__Certificate__Path"] = Path.Combine(_files.FullName, "own.pem"),
            ["Kestrel__Endpoints__tls__ClientCertificateMode"] = "AllowCertificate",
        });
        using var shown = Certificate();
        using var socket = new TcpClient();
        await socket.ConnectAsync(proxy.Address.Host, proxy.Address.Port);
        await using var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, static (_, certificate, _, _) => certificate is not null);

        // It has no issuer that anybody knows: it is refused, and with TLS 1.3 a client hears of it only when it reads.
        var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await Deadline.Within(
                stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "own", ClientCertificateContext = Offline(shown) }), "a handshake");
            await stream.WriteAsync(RawRequest.Get("/"));
            await Deadline.Within(stream.ReadExactlyAsync(new byte[1]).AsTask(), "the end of the connection");
        });
        Assert.True(error is IOException or AuthenticationException, error.ToString());
        AssertNobodyAsked();
    }

    [Fact]
    public async Task AddressInAnUpstreamsCertificate_IsNotAsked()
    {
        using var shown = Certificate();
        using var listener = LoopbackListener.Open();
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string>
        {
            ["ReverseProxy__Clusters__consumer__Destinations__app__Address"] = $"https://{listener.LocalEndPoint}/",
            ["Webhooks__Policies__smarterbot__Upstream__Retries"] = "0",
        });
        var answer = proxy.SendSignedAsync("smarterbot", "{}"u8.ToArray());
        await ShowAsync(listener, shown);

        Assert.Equal(502, (await answer).Status);
        AssertNobodyAsked();
        Assert.Contains("RemoteCertificateChainErrors", Assert.Single(proxy.Log.Lines, static line => line.Event.Id == 320).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_JudgesAnUpstreamsCertificateAsTheProxyDoes()
    {
        using var shown = Certificate();
        using var listener = LoopbackListener.Open();
        var probing = new UpstreamProbe(new Uri($"https://{listener.LocalEndPoint}/"), AcceptsAnyCertificate: false).ConnectAsync(CancellationToken.None);
        await ShowAsync(listener, shown);

        Assert.Contains("RemoteCertificateChainErrors", await probing, StringComparison.Ordinal);
        AssertNobodyAsked();

        probing = new UpstreamProbe(new Uri($"https://{listener.LocalEndPoint}/"), AcceptsAnyCertificate: true).ConnectAsync(CancellationToken.None);
        await ShowAsync(listener, shown);
        Assert.Null(await probing);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _named.Dispose();
        _files.Delete(recursive: true);
    }

    /// <summary>Is the server of one handshake, whatever becomes of it.</summary>
    private static async Task ShowAsync(Socket listener, X509Certificate2 certificate)
    {
        using var connection = await Deadline.Within(listener.AcceptAsync(), "a connection to the upstream");
        await using var stream = new SslStream(new NetworkStream(connection));
        _ = await Record.ExceptionAsync(() => stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = Offline(certificate) }));
    }

    private void AssertNobodyAsked() => Assert.False(_named.Poll(TimeSpan.Zero, SelectMode.SelectRead), "The address in the certificate was asked.");

    /// <summary>Else whoever shows it would ask the address itself.</summary>
    private static SslStreamCertificateContext Offline(X509Certificate2 certificate) => SslStreamCertificateContext.Create(certificate, null, offline: true);

    private X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=anybody", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [$"http://{_named.LocalEndPoint}/issuer.cer"]));
        using var certificate = request.Create(_authority.Intermediate, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100), [1, 2, 3]);
        return certificate.CopyWithPrivateKey(key);
    }
}
