using Proxy.Tests.EndToEnd;
using Proxy.Tests.Listening;

namespace Proxy.Tests.Faults;

/// <summary>Files of the configuration that are gone, or were left half-written.</summary>
public sealed class FileFaultTests : IDisposable
{
    private const string Route = "protocol";
    private const string Name = "proxy.example.com";

    private static readonly byte[] Body = "{}"u8.ToArray();

    private readonly TestAuthority _authority = new();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("proxy-faults-");

    public void Dispose()
    {
        _authority.Dispose();
        _files.Delete(recursive: true);
    }

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

    /// <summary>Half-written: the first certificate is whole, the intermediate behind it is not, or the new key is still missing.</summary>
    [Theory]
    [InlineData(200, true)]
    [InlineData(-200, true)]
    [InlineData(0, false)]
    public async Task CertificateFileLeftHalfWritten_TheOneInUseStaysAndSaysSo(int end, bool withKey)
    {
        using var first = _authority.Issue(Name);
        await using var proxy = await ProxyFixture.StartAsync(environment: Listener(_authority.Chain(first), TestAuthority.Key(first)));

        using var second = _authority.Issue("renewed.example.com");
        var chain = _authority.Chain(second);
        Write("certificate.pem", end == 0 ? chain : end > 0 ? chain[..end] : chain[..^-end]);
        if (withKey)
        {
            Write("key.pem", TestAuthority.Key(second));
        }

        await ShowsAsync(proxy, async () => (await proxy.ScrapeAsync()).Sum("webhook_config_last_reload_successful") == 0);
        Assert.Equal(1, (await proxy.ScrapeAsync()).Sum("webhook_config_reloads_total", ("result", "rejected")));
        using var client = new HttpClient();
        Assert.Contains(withKey ? "certificate.pem" : "key.pem", await client.GetStringAsync(new Uri(proxy.ManagementAddress, "/api/status")), StringComparison.Ordinal);
        Assert.Equal($"CN={Name}", await TlsClient.SubjectAsync(proxy.Address, Name));

        Write("certificate.pem", chain);
        Write("key.pem", TestAuthority.Key(second));
        await ShowsAsync(proxy, async () => await TlsClient.SubjectAsync(proxy.Address, Name) == "CN=renewed.example.com");
        Assert.Equal(1, (await proxy.ScrapeAsync()).Sum("webhook_config_last_reload_successful"));
    }

    private static Task<ProxyFixture> StartWithSecretAsync(string file) => ProxyFixture.StartAsync(environment: new Dictionary<string, string>
    {
        ["Webhooks__Policies__protocol__Secrets__current"] = "file:" + file,
        ["Webhooks__Policies__protocol__Replay__Mode"] = "Off",
    });

    private Dictionary<string, string> Listener(string certificate, string key) => new()
    {
        ["Kestrel__Endpoints__tls__Url"] = "https://127.0.0.1:0",
        ["Kestrel__Endpoints__tls__Certificate__Path"] = Write("certificate.pem", certificate),
        ["Kestrel__Endpoints__tls__Certificate__KeyPath"] = Write("key.pem", key),
    };

    private static Task ShowsAsync(ProxyFixture proxy, Func<Task<bool>> shows) => Deadline.Until(
        async () =>
        {
            proxy.Clock.Advance(TimeSpan.FromSeconds(1));
            return await shows();
        },
        "the change to show");

    private string Write(string name, string content)
    {
        var path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
