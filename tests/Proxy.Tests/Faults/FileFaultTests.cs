using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Faults;

/// <summary>Files of the configuration that are gone, or were left half-written.</summary>
public sealed class FileFaultTests : IDisposable
{
    private const string Route = "protocol";

    private static readonly byte[] Body = "{}"u8.ToArray();

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("proxy-faults-");

    public void Dispose() => _files.Delete(recursive: true);

    [Fact]
    public async Task ConfigurationFileDeleted_TheLastGoodOneStaysAndSaysSo()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        proxy.DeleteConfiguration();
        await ShowsAsync(proxy, async () => (await proxy.ScrapeAsync()).Sum("webhook_config_last_reload_successful") == 0);

        Assert.Equal(200, (await proxy.SendSignedAsync(Route, Body)).Status);
        Assert.Equal(1, (await proxy.ScrapeAsync()).Sum("webhook_config_reloads_total", ("result", "rejected")));

        proxy.Rewrite(ProxyFixture.FourProviders);
        await ShowsAsync(proxy, async () => (await proxy.ScrapeAsync()).Sum("webhook_config_last_reload_successful") == 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task SecretFileLeftEmpty_TheLastGoodOneStaysAndSaysSo(string left)
    {
        var file = Write("secret", ProxyFixture.Secret);
        await using var proxy = await StartWithSecretAsync(file);
        File.WriteAllText(file, left);
        await ShowsAsync(proxy, async () => (await proxy.ScrapeAsync()).Sum("webhook_config_last_reload_successful") == 0);
        Assert.Equal(200, (await proxy.SendSignedAsync(Route, Body)).Status);
    }

    [Fact]
    public async Task SecretFileCutOff_RefusesUntilItIsWhole()
    {
        var file = Write("secret", ProxyFixture.Secret);
        await using var proxy = await StartWithSecretAsync(file);
        File.WriteAllText(file, ProxyFixture.Secret[..20]);
        // Nobody can tell half a secret from another one. It shows as it would with a wrong secret.
        await ShowsAsync(proxy, async () => (await proxy.SendSignedAsync(Route, Body)).Status == 400);
        Assert.True((await proxy.ScrapeAsync()).Sum("webhook_requests_total", ("route", Route), ("reason", "signature_mismatch")) > 0);

        File.WriteAllText(file, ProxyFixture.Secret);
        await ShowsAsync(proxy, async () => (await proxy.SendSignedAsync(Route, Body)).Status == 200);
    }

    [Fact]
    public async Task CertificateFileLeftHalfWritten_TheOneInUseStays()
    {
        var (certificate, key) = WriteCertificate();
        await using var proxy = await ProxyFixture.StartAsync(environment: Listener(certificate, key));
        Assert.Equal("CN=proxy.example.com", await CertificateOfAsync(proxy));

        File.WriteAllText(certificate, File.ReadAllText(certificate)[..200]);
        File.Delete(key);
        proxy.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("CN=proxy.example.com", await CertificateOfAsync(proxy));
    }

    [Fact]
    public async Task CertificateFileHalfWrittenAtStart_DoesNotStart()
    {
        var (certificate, key) = WriteCertificate();
        File.WriteAllText(certificate, File.ReadAllText(certificate)[..200]);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ProxyFixture.StartAsync(environment: Listener(certificate, key)));
    }

    private static Task<ProxyFixture> StartWithSecretAsync(string file) => ProxyFixture.StartAsync(environment: new Dictionary<string, string>
    {
        ["Webhooks__Policies__protocol__Secrets__current"] = "file:" + file,
        ["Webhooks__Policies__protocol__Replay__Mode"] = "Off",
    });

    private static Dictionary<string, string> Listener(string certificate, string key) => new()
    {
        ["Kestrel__Endpoints__tls__Url"] = "https://127.0.0.1:0",
        ["Kestrel__Endpoints__tls__Certificate__Path"] = certificate,
        ["Kestrel__Endpoints__tls__Certificate__KeyPath"] = key,
    };

    /// <summary>The subject, as a client sees it.</summary>
    private static async Task<string> CertificateOfAsync(ProxyFixture proxy)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(proxy.Address.Host, proxy.Address.Port);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate is not null);
        await Deadline.Within(tls.AuthenticateAsClientAsync("proxy.example.com"), "a TLS handshake");
        return tls.RemoteCertificate!.Subject;
    }

    private static Task ShowsAsync(ProxyFixture proxy, Func<Task<bool>> shows) => Deadline.Until(
        async () =>
        {
            proxy.Clock.Advance(TimeSpan.FromSeconds(1));
            return await shows();
        },
        "the change to show");

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=proxy.example.com", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return (Write("certificate.pem", certificate.ExportCertificatePem()), Write("key.pem", key.ExportPkcs8PrivateKeyPem()));
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
