using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Proxy.Configuration;

/// <summary>What came of reading a certificate, its key and its intermediates out of the content of files.</summary>
/// <param name="Certificate">With its private key; null when something is wrong.</param>
/// <param name="Others">What else the file holds: intermediates.</param>
/// <param name="Error">What is wrong, as the end of a sentence about the file; null when nothing is.</param>
/// <param name="IsOfKey">Whether that is about the file of the key.</param>
internal sealed record CertificateRead(X509Certificate2? Certificate, X509Certificate2Collection Others, string? Error, bool IsOfKey = false)
{
    private const string Begin = "-----BEGIN ";
    private const string KeyLabel = "PRIVATE KEY";
    private const string EncryptedKeyLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>Never throws for what can be wrong with a file, half-written ones included.</summary>
    /// <param name="content">PEM, the server's certificate first; or PKCS#12, which holds the key.</param>
    /// <param name="key">PEM; null where the first file holds the key.</param>
    /// <param name="password">Of the key or the PKCS#12 file; null for none.</param>
    public static CertificateRead From(byte[] content, byte[]? key, string? password)
    {
        var text = Encoding.Latin1.GetString(content);
        if (key is null && !text.Contains(Begin, StringComparison.Ordinal))
        {
            return FromPkcs12(content, password);
        }

        return LabelsOf(text) is null ? Wrong("holds a PEM block that is cut off") : FromPem(text, key, password);
    }

    private static CertificateRead FromPkcs12(byte[] content, string? password)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(content, password);
            return all.FirstOrDefault(static one => one.HasPrivateKey) is not { } certificate
                ? Wrong("holds no certificate with a private key")
                : new(certificate, [.. all.Where(one => one != certificate)], null);
        }
        catch (CryptographicException)
        {
            return Wrong($"is neither PEM nor a PKCS#12 file that opens {(password is null ? "without a 'Password'" : "with this 'Password'")}");
        }
    }

    private static CertificateRead FromPem(string text, byte[]? key, string? password)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            return Wrong("holds a certificate that cannot be read");
        }

        if (all.Count == 0)
        {
            return Wrong("holds no certificate");
        }

        var keyText = key is null ? text : Encoding.Latin1.GetString(key);
        if (KeyError(keyText, password) is { } error)
        {
            return Wrong(error, isOfKey: key is not null);
        }

        try
        {
            using var pair = password is not null && LabelsOf(keyText)!.Contains(EncryptedKeyLabel)
                ? X509Certificate2.CreateFromEncryptedPem(text, keyText, password)
                : X509Certificate2.CreateFromPem(text, keyText);
            // By way of PKCS#12, since some systems take no other keys for TLS.
            var certificate = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), password: null);
            return new(certificate, [.. all.Skip(1)], null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Wrong(
                $"holds no key that belongs to the certificate{(password is null ? "" : " and opens with this 'Password'")}", isOfKey: key is not null);
        }
    }

    private static string? KeyError(string text, string? password) => LabelsOf(text) switch
    {
        null => "holds a PEM block that is cut off",
        var labels when !labels.Exists(static label => label.EndsWith(KeyLabel, StringComparison.Ordinal)) => "holds no private key in PEM",
        var labels when labels.Contains(EncryptedKeyLabel) && password is null => "holds an encrypted key; 'Password' is missing",
        _ => null,
    };

    /// <summary>The labels of all blocks; null when one has no end, which the framework would pass over in silence.</summary>
    private static List<string>? LabelsOf(string text)
    {
        var labels = new List<string>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var block))
        {
            labels.Add(rest[block.Label].ToString());
            rest = rest[block.Location.End..];
        }

        return labels.Count == text.Split(Begin).Length - 1 ? labels : null;
    }

    private static CertificateRead Wrong(string error, bool isOfKey = false) => new(null, [], error, isOfKey);
}
