using System.Net;
using Proxy.Management;
using WebhookVerification;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads what the two listeners listen on.</summary>
internal sealed class ListenerReader(ConfigurationSource source, SecretReference secrets, ProblemList problems)
{
    public string Urls(SettingReader root)
    {
        var urls = root.String(ProxySettingsReader.UrlsSection);
        if (urls is not null)
        {
            CheckAddresses(root.Node.Members[ProxySettingsReader.UrlsSection], urls);
        }

        return source.Urls ?? urls ?? ProxySettings.DefaultUrls;
    }

    public IConfiguration? Kestrel(SettingReader root)
    {
        if (root.Child(ProxySettingsReader.KestrelSection) is not { } kestrel)
        {
            return null;
        }

        foreach (var (_, endpoint) in kestrel.Children("Endpoints"))
        {
            Endpoint(new SettingReader(endpoint, problems), isDefault: false);
        }

        if (kestrel.Child("EndpointDefaults") is { } defaults)
        {
            Endpoint(defaults, isDefault: true);
        }

        foreach (var (_, certificate) in kestrel.Children("Certificates"))
        {
            Certificate(new SettingReader(certificate, problems));
        }

        kestrel.Done();
        return source.Urls is null ? FlatConfiguration.Of(kestrel.Node) : null;
    }

    public ManagementSettings Management(SettingReader? reader)
    {
        var url = reader?.String("Url") ?? ManagementSettings.DefaultUrl;
        var allowRemote = reader?.Bool("AllowRemote") ?? false;
        var token = reader?.Any("Token");
        reader?.Done();

        if (reader?.Node.Members.TryGetValue("Url", out var at) == true && CheckAddress(at, url) is { } address
            && !allowRemote && !IsLoopback(address.Host))
        {
            problems.Error(at, $"\"{url}\" is reachable from other machines, which \"AllowRemote\": true has to allow; expected a loopback address such as {ManagementSettings.DefaultUrl}.");
        }

        var value = token is null ? null : secrets.Resolve(token);
        return new ManagementSettings(url, allowRemote, value is { } bytes ? new Secret("management token", bytes) : null);
    }

    /// <summary>Kestrel's own reader ignores what it does not know; a misspelt "Certifcate" would listen without TLS.</summary>
    private void Endpoint(SettingReader reader, bool isDefault)
    {
        if (!isDefault && reader.RequiredString("Url") is { } url)
        {
            CheckAddress(reader.Node.Members["Url"], url);
        }

        TlsOf(reader);
        if (!isDefault)
        {
            if (reader.Child("Certificate") is { } certificate)
            {
                Certificate(certificate);
            }

            foreach (var (_, sni) in reader.Children("Sni"))
            {
                var server = new SettingReader(sni, problems);
                TlsOf(server);
                if (server.Child("Certificate") is { } own)
                {
                    Certificate(own);
                }

                server.Done();
            }
        }

        reader.Done();
    }

    private static void TlsOf(SettingReader reader)
    {
        _ = reader.OneOf("Protocols", "Http1", "Http2", "Http1AndHttp2", "Http3", "Http1AndHttp2AndHttp3");
        _ = reader.StringList("SslProtocols");
        _ = reader.OneOf("ClientCertificateMode", "NoCertificate", "AllowCertificate", "RequireCertificate", "DelayCertificate");
    }

    private static void Certificate(SettingReader reader)
    {
        _ = reader.String("Path");
        _ = reader.String("KeyPath");
        _ = reader.Secret("Password");
        _ = reader.String("Subject");
        _ = reader.String("Store");
        _ = reader.String("Location");
        _ = reader.Bool("AllowInvalid");
        reader.Done();
    }

    private void CheckAddresses(SettingNode node, string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries))
        {
            CheckAddress(node, url);
        }
    }

    private BindingAddress? CheckAddress(SettingNode node, string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme is "http" or "https" && address.PathBase.Length == 0)
            {
                return address;
            }
        }
        catch (FormatException)
        {
        }

        problems.Error(node, $"\"{url}\" is not an address to listen on; expected scheme, host and port, such as http://127.0.0.1:8080.");
        return null;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
