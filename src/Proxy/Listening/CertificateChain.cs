using System.Security.Cryptography.X509Certificates;

namespace Proxy.Listening;

/// <summary>How the other side's certificates are judged, clients' and upstreams'.</summary>
internal static class CertificateChain
{
    /// <summary>
    /// As the framework does by default, but nothing is downloaded: a certificate names the address of what it lacks, so that anybody
    /// could have the proxy fetch from there, and a thread would wait for it. Not to be changed: each handshake takes a copy.
    /// </summary>
    public static readonly X509ChainPolicy Policy = new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
}
