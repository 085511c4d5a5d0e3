using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Operations;

namespace Proxy.Tests.Listening;

/// <summary>HTTP/2 as another implementation speaks it (nghttp of the Debian package "nghttp2-client"): over TLS by ALPN, and in the clear.</summary>
public sealed class Http2Tests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("http2-");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Genuine_ReachesTheConsumerWithoutTrailersAndForgedDoesNot(bool tls)
    {
        await using var proxy = await StartAsync(tls);
        var body = RandomNumberGenerator.GetBytes(1_000_000);
        var signature = ProviderSignature.Protocol(ProxyFixture.Secret, body).Value;

        Assert.Equal(200, await PostAsync(proxy, body, signature, "--trailer", "X-Added: later"));
        Assert.Equal(400, await PostAsync(proxy, body, new string('0', 64)));
        Assert.Equal(400, await PostAsync(proxy, body, signature, "-H", $"X-Protocol-Signature: {signature}"));
        body[^1] ^= 1;
        Assert.Equal(400, await PostAsync(proxy, body, signature));

        var request = Assert.Single(proxy.Consumer.Requests);
        body[^1] ^= 1;
        Assert.Equal(body, request.Body);
        Assert.Equal("1000000", request.Header("Content-Length"));
        Assert.DoesNotContain("X-Added", System.Text.Encoding.Latin1.GetString(request.Raw), StringComparison.OrdinalIgnoreCase);
        await proxy.AssertCountedAsync("protocol", "signature_mismatch", 2);
        await proxy.AssertCountedAsync("protocol", "signature_malformed");
    }

    [Fact]
    public async Task BodyOverItsBound_IsRefused()
    {
        await using var proxy = await StartAsync(tls: true, ("Webhooks__Policies__protocol__MaxBodyBytes", "100000"));
        var body = new byte[200_000];
        Assert.Equal(413, await PostAsync(proxy, body, ProviderSignature.Protocol(ProxyFixture.Secret, body).Value));
        Assert.Empty(proxy.Consumer.Requests);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<ProxyFixture> StartAsync(bool tls, params (string Name, string Value)[] settings)
    {
        var environment = settings.ToDictionary(static setting => setting.Name, static setting => setting.Value);
        environment["Kestrel__Endpoints__only__Url"] = tls ? "https://127.0.0.1:0" : "http://127.0.0.1:0";
        if (tls)
        {
            environment["Kestrel__Endpoints__only__Certificate__Path"] = WriteCertificate();
        }
        else
        {
            environment["Kestrel__Endpoints__only__Protocols"] = "Http2";
        }

        return await ProxyFixture.StartAsync(environment: environment);
    }

    private string WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(_directory.FullName, "server.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx));
        return path;
    }

    /// <summary>The status of the answer.</summary>
    private async Task<int> PostAsync(ProxyFixture proxy, byte[] body, string signature, params string[] options)
    {
        var file = Path.Combine(_directory.FullName, "body");
        await File.WriteAllBytesAsync(file, body);
        var target = new Uri(proxy.Address, "/webhooks/protocol").ToString();
        string[] arguments = ["-nv", "--no-verify-peer", "-d", file, "-H", $"X-Protocol-Signature: {signature}", .. options, target];
        var (_, output) = await Tool.RunAsync("nghttp", arguments);
        var status = output.Split('\n').FirstOrDefault(static line => line.Contains(":status: ", StringComparison.Ordinal));
        Assert.True(status is not null, output);
        return int.Parse(status[^3..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
