using Proxy.Listening;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>
/// Reads the endpoints of the section Kestrel: addresses and protocols for Kestrel, certificates for us. Kestrel's own reader
/// ignores what it does not know; a misspelt "Certifcate" would listen without TLS.
/// </summary>
internal sealed class EndpointReader(CertificateReader certificates, ProblemList problems)
{
    private const string OfTheEndpoint = "This stands on the endpoint, for all its names; a name has its 'Certificate' alone.";

    private static readonly string[] Versions = ["Tls12", "Tls13"];

    private readonly Dictionary<string, string?> _section = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, EndpointCertificates> _certificates = new(StringComparer.OrdinalIgnoreCase);
    private ServerCertificate? _default;
    private bool _hasDefault;

    /// <summary>What Kestrel reads: everything but certificates.</summary>
    public IConfiguration Section => new ConfigurationBuilder().AddInMemoryCollection(_section).Build();

    /// <summary>By the names of endpoints with TLS.</summary>
    public IReadOnlyDictionary<string, EndpointCertificates> Certificates => _certificates;

    /// <summary>Reads what endpoints use that have no certificate of their own.</summary>
    public void Default(SettingReader certificate)
    {
        _hasDefault = true;
        _default = certificates.Read(certificate);
    }

    /// <summary>Reads EndpointDefaults.</summary>
    public void Defaults(SettingReader defaults)
    {
        Tls("EndpointDefaults", defaults);
        defaults.Done();
    }

    /// <summary>Reads one of Endpoints; the caller has looked at the address.</summary>
    public void Endpoint(string name, SettingReader endpoint, string? url)
    {
        var key = ConfigurationPath.Combine("Endpoints", name);
        var isHttps = IsHttps(url);
        _section[ConfigurationPath.Combine(key, "Url")] = url;
        Tls(key, endpoint);
        var own = endpoint.Child("Certificate");
        var certificate = own is null ? _default : certificates.Read(own);
        var names = endpoint.Children("Sni").ToDictionary(
            static server => server.Key, server => ServerName(server.Key, server.Value, own is not null || _hasDefault, certificate), StringComparer.OrdinalIgnoreCase);
        endpoint.Done();
        if (isHttps)
        {
            Require(endpoint.Node.Members["Url"], own is not null || _hasDefault || names.Count > 0);
            // With names, the endpoint's own certificate is only for those that have none.
            Add(name, names.Count > 0 ? null : certificate, names);
            return;
        }

        foreach (var member in (string[])["Certificate", "Sni", "SslProtocols", "ClientCertificateMode"])
        {
            if (url is not null && endpoint.Any(member) is { } node)
            {
                problems.Error(node, $"'{member}' is for https, and the endpoint's Url is \"{url}\".");
            }
        }
    }

    /// <summary>Adds an endpoint for an address that stands outside the section.</summary>
    /// <param name="name">A name for it.</param>
    /// <param name="node">Where it stands; null for a default.</param>
    /// <param name="url">The address.</param>
    public void Address(string name, SettingNode? node, string url)
    {
        _section[ConfigurationPath.Combine("Endpoints", name, "Url")] = url;
        if (IsHttps(url))
        {
            Require(node!, _hasDefault);
            Add(name, _default, []);
        }
    }

    private void Add(string endpoint, ServerCertificate? any, Dictionary<string, ServerCertificate?> names) => _certificates[endpoint] = new(
        any, names.Where(static name => name.Value is not null).ToDictionary(static name => name.Key, static name => name.Value!, StringComparer.OrdinalIgnoreCase));

    private void Require(SettingNode node, bool hasCertificate)
    {
        if (!hasCertificate)
        {
            problems.Error(node, "https needs a certificate: a 'Certificate' of an endpoint, or Kestrel:Certificates:Default.");
        }
    }

    private ServerCertificate? ServerName(string name, SettingNode node, bool hasFallback, ServerCertificate? fallback)
    {
        var server = new SettingReader(node, problems);
        foreach (var member in (string[])["Protocols", "SslProtocols", "ClientCertificateMode"])
        {
            server.Refuse(member, OfTheEndpoint);
        }

        var own = server.Child("Certificate");
        server.Done();
        if (name.LastIndexOf('*') > 0 || name.Length == 0 || (name[0] == '*' && name is not ("*" or ['*', '.', _, ..])))
        {
            problems.Error(node, $"\"{name}\" is no server name; expected a name, *.example.com or *.");
            return null;
        }

        Require(node, own is not null || hasFallback);
        return own is null ? fallback : certificates.Read(own);
    }

    private void Tls(string key, SettingReader reader)
    {
        _section[ConfigurationPath.Combine(key, "Protocols")] = reader.OneOf("Protocols", "Http1", "Http2", "Http1AndHttp2", "Http3", "Http1AndHttp2AndHttp3");
        var versions = reader.Items("SslProtocols");
        for (var i = 0; i < versions.Count; i++)
        {
            if (!Versions.Contains(versions[i].Text, StringComparer.OrdinalIgnoreCase))
            {
                problems.Error(versions[i], "This is no version of TLS that can be used; expected Tls12 or Tls13.");
            }

            _section[ConfigurationPath.Combine(key, "SslProtocols", $"{i}")] = versions[i].Text;
        }

        _section[ConfigurationPath.Combine(key, "ClientCertificateMode")] =
            reader.OneOf("ClientCertificateMode", "NoCertificate", "AllowCertificate", "RequireCertificate", "DelayCertificate");
    }

    private static bool IsHttps(string? url) => url is not null && url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
