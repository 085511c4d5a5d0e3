using Proxy.Management;
using WebhookVerification;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads what the two listeners listen on.</summary>
internal sealed class ListenerReader(ConfigurationSource source, SecretReference secrets, ProblemList problems)
{
    private readonly List<(SettingNode? Node, BindingAddress Address)> _urls = [];
    private readonly List<(SettingNode? Node, BindingAddress Address)> _endpoints = [];

    public string Urls(SettingReader root)
    {
        var urls = root.String(ProxySettingsReader.UrlsSection);
        var node = urls is null ? null : root.Node.Members[ProxySettingsReader.UrlsSection];
        urls ??= ProxySettings.DefaultUrls;
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries))
        {
            Listen(_urls, node, url);
        }

        return urls;
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

        var node = reader?.Node.Members.GetValueOrDefault("Url");
        if (CheckAddress(node, url) is { } address)
        {
            if (node is not null && !allowRemote && !ListenAddress.IsLoopback(address))
            {
                problems.Error(node, $"\"{url}\" is reachable from other machines, which \"AllowRemote\": true has to allow; expected a loopback address such as {ManagementSettings.DefaultUrl}.");
            }

            CheckApart(node, address);
        }

        var value = token is null ? null : secrets.Resolve(token);
        return new ManagementSettings(url, allowRemote, value is { } bytes ? new Secret("management token", bytes) : null);
    }

    /// <summary>Kestrel's own reader ignores what it does not know; a misspelt "Certifcate" would listen without TLS.</summary>
    private void Endpoint(SettingReader reader, bool isDefault)
    {
        if (!isDefault && reader.RequiredString("Url") is { } url)
        {
            Listen(_endpoints, reader.Node.Members["Url"], url);
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

    private void Listen(List<(SettingNode? Node, BindingAddress Address)> listeners, SettingNode? node, string url)
    {
        if (CheckAddress(node, url) is { } address)
        {
            listeners.Add((node, address));
        }
    }

    /// <summary>As in the server, endpoints replace Urls, and <c>--urls</c> replaces both.</summary>
    private void CheckApart(SettingNode? managementNode, BindingAddress management)
    {
        foreach (var (node, address) in source.Urls is null && _endpoints.Count > 0 ? _endpoints : _urls)
        {
            // The defaults, which stand nowhere, are apart.
            if ((managementNode ?? node) is { } place && ListenAddress.Collide(address, management))
            {
                problems.Error(place, $"Management listens on {management} and the proxy on {address}, which is the same port; expected another for one of them.");
            }
        }
    }

    /// <param name="node">Null for a default, which is right.</param>
    /// <param name="url">What the node says.</param>
    private BindingAddress? CheckAddress(SettingNode? node, string url)
    {
        if (ListenAddress.TryParse(url, out var address))
        {
            return address;
        }

        problems.Error(node!, $"\"{url}\" is not an address to listen on; expected scheme, host and port (0 to 65535), such as http://127.0.0.1:8080.");
        return null;
    }
}
