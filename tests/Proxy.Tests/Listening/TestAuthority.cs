using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Proxy.Tests.Listening;

/// <summary>A root, an intermediate below it, and the certificates of servers that the intermediate has issued.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Until = From.AddYears(100);

    private readonly X509Certificate2 _root = Authority("CN=Test root", issuer: null);

    public TestAuthority() => Intermediate = Authority("CN=Test intermediate", _root);

    public X509Certificate2 Intermediate { get; }

    /// <summary>A certificate for a name, with its key.</summary>
    /// <param name="name">Of the server.</param>
    /// <param name="until">When it ends; in a century by default.</param>
    /// <param name="forServers">False for one that is good for clients only.</param>
    /// <param name="from">When it begins; in 1970 by default.</param>
    public X509Certificate2 Issue(string name, DateTimeOffset? until = null, bool forServers = true, DateTimeOffset? from = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(forServers ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], critical: false));
        using var certificate = request.Create(Intermediate, from ?? From, until ?? Until, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>The certificate and the intermediate behind it, in PEM.</summary>
    public string Chain(X509Certificate2 certificate) => $"{certificate.ExportCertificatePem()}\n{Intermediate.ExportCertificatePem()}\n";

    public static string Key(X509Certificate2 certificate) => certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    /// <summary>Whether a client that trusts nothing but the root accepts what a server has sent.</summary>
    public bool Trusts(X509Certificate2 certificate, X509Certificate2Collection sent)
    {
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        _root.Dispose();
        Intermediate.Dispose();
    }

    private static X509Certificate2 Authority(string subject, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is null)
        {
            return request.CreateSelfSigned(From, Until);
        }

        using var certificate = request.Create(issuer, From, Until, RandomNumberGenerator.GetBytes(16));
        return certificate.CopyWithPrivateKey(key);
    }
}
