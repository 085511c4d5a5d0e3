using Proxy.Management;
using WebhookVerification;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads what the two listeners listen on.</summary>
internal sealed class ListenerReader(ConfigurationSource source, SecretReference secrets, CertificateReader certificates, ProblemList problems)
{
    private readonly List<(SettingNode? Node, BindingAddress Address, string Url)> _urls = [];
    private readonly List<(SettingNode? Node, BindingAddress Address, string Url)> _endpoints = [];

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

    /// <summary>What the server is told, of the section Kestrel or, where that has no endpoints, of Urls; and the certificates beside it.</summary>
    public EndpointReader Kestrel(SettingReader root)
    {
        var endpoints = new EndpointReader(certificates, problems);
        if (root.Child(ProxySettingsReader.KestrelSection) is { } kestrel)
        {
            Kestrel(kestrel, source.Urls is null ? endpoints : new EndpointReader(certificates, problems));
        }

        if (_endpoints.Count == 0 || source.Urls is not null)
        {
            for (var i = 0; i < _urls.Count; i++)
            {
                endpoints.Address($"{i}", _urls[i].Node, _urls[i].Url);
            }
        }

        return endpoints;
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

            if (node is not null && address.Scheme != Uri.UriSchemeHttp)
            {
                problems.Error(node, $"The management listener speaks http only, not \"{url}\"; expected for example {ManagementSettings.DefaultUrl}.");
            }

            CheckApart(node, address);
        }

        var value = token is null ? null : secrets.Resolve(token);
        return new ManagementSettings(url, allowRemote, value is { } bytes ? new Secret("management token", bytes) : null);
    }

    private void Kestrel(SettingReader kestrel, EndpointReader endpoints)
    {
        if (kestrel.Child("Certificates") is { } shared)
        {
            if (shared.Child("Default") is { } certificate)
            {
                endpoints.Default(certificate);
            }

            shared.Done();
        }

        if (kestrel.Child("EndpointDefaults") is { } defaults)
        {
            endpoints.Defaults(defaults);
        }

        foreach (var (name, node) in kestrel.Children("Endpoints"))
        {
            var endpoint = new SettingReader(node, problems);
            var url = endpoint.RequiredString("Url");
            if (url is not null)
            {
                Listen(_endpoints, node.Members["Url"], url);
            }

            endpoints.Endpoint(name, endpoint, url);
        }

        kestrel.Done();
    }

    private void Listen(List<(SettingNode? Node, BindingAddress Address, string Url)> listeners, SettingNode? node, string url)
    {
        if (CheckAddress(node, url) is { } address)
        {
            listeners.Add((node, address, url));
        }
    }

    /// <summary>As in the server, endpoints replace Urls, and <c>--urls</c> replaces both.</summary>
    private void CheckApart(SettingNode? managementNode, BindingAddress management)
    {
        foreach (var (node, address, _) in source.Urls is null && _endpoints.Count > 0 ? _endpoints : _urls)
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
