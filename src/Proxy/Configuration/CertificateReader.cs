using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Proxy.Listening;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>
/// Reads certificates of the public listener through the same look at the files as everything else, so that a new one comes into
/// force without a restart, and a broken one does not.
/// </summary>
/// <param name="source">What relative paths of variables start from, and the clock.</param>
/// <param name="secrets">Resolves passwords.</param>
/// <param name="files">Receives every file that is read.</param>
/// <param name="inForce">Those whose files have not changed are used on.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class CertificateReader(
    ConfigurationSource source, SecretReference secrets, FileSnapshot files, IEnumerable<ServerCertificate> inForce, ProblemList problems)
{
    /// <summary>A chain of a dozen certificates is far below.</summary>
    private const int SizeLimit = 1024 * 1024;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string NoStore = "Certificates come from files here; expected 'Path', and 'KeyPath' for PEM.";

    private readonly Dictionary<string, ServerCertificate> _known = inForce
        .DistinctBy(static one => one.Revision).ToDictionary(static one => one.Revision, StringComparer.Ordinal);

    private readonly List<CertificateDates> _dates = [];

    /// <summary>Of those that were read, once for each place that names one.</summary>
    public IReadOnlyList<CertificateDates> Dates => _dates;

    /// <summary>Null, and an error, when there is none to use.</summary>
    public ServerCertificate? Read(SettingReader reader)
    {
        foreach (var name in (string[])["Subject", "Store", "Location", "AllowInvalid"])
        {
            reader.Refuse(name, NoStore);
        }

        var path = reader.RequiredString("Path");
        var keyPath = reader.Any("KeyPath") is null ? null : reader.RequiredString("KeyPath");
        var password = reader.Secret("Password") is { } secret ? secrets.Resolve(secret) : null;
        reader.Done();
        if (source.Urls is not null)
        {
            // --urls replaces what would use it.
            return null;
        }

        var content = path is null ? null : Content(reader, "Path", path);
        var key = keyPath is null ? null : Content(reader, "KeyPath", keyPath);
        return content is null || (key is null && reader.Any("KeyPath") is not null) || (password is null && reader.Any("Password") is not null)
            ? null
            : Read(reader, content, key, password);
    }

    private ServerCertificate? Read(SettingReader reader, byte[] content, byte[]? key, ReadOnlyMemory<byte>? password)
    {
        using var digest = new SettingDigest(secrets.Resolved);
        digest.Add(content);
        digest.Add(key ?? []);
        digest.Add((password ?? default).Span);
        var revision = digest.Complete();
        if (!_known.TryGetValue(revision, out var certificate))
        {
            var read = CertificateRead.From(content, key, password is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null);
            if (read.Certificate is null)
            {
                var node = reader.Node.Members[read.IsOfKey ? "KeyPath" : "Path"];
                problems.Error(node, $"The file '{node.Text}' {read.Error}.");
                return null;
            }

            // Offline: the start of a proxy must not depend on downloads of what a file lacks.
            certificate = new(SslStreamCertificateContext.Create(read.Certificate, read.Others, offline: true), revision);
            _known.Add(revision, certificate);
        }

        return IsUsable(reader.Node.Members["Path"], certificate.Context.TargetCertificate) ? certificate : null;
    }

    private byte[]? Content(SettingReader reader, string member, string path)
    {
        var node = reader.Node.Members[member];
        var (_, bytes, error) = source.PathOf(node, path) is { } file ? files.Read(file, SizeLimit) : new FileRead(SizeLimit, null, "cannot have such a name");
        if (bytes is null)
        {
            problems.Error(node, $"The file '{path}' {error}.");
        }

        return bytes;
    }

    private bool IsUsable(SettingNode node, X509Certificate2 certificate)
    {
        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
        if (uses.Count > 0 && !uses.Exists(static use => use.EnhancedKeyUsages[ServerAuthentication] is not null))
        {
            problems.Error(node, $"The certificate in '{node.Text}' is not for servers: serverAuth is not among its extended key usages.");
            return false;
        }

        var dates = new CertificateDates(node.Source, node.Path, node.Text!, certificate.NotBefore, certificate.NotAfter);
        _dates.Add(dates);
        if (dates.Warning(source.Time.GetUtcNow()) is { } warning)
        {
            problems.Warn(node, warning);
        }

        return true;
    }
}
