using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Proxy.Configuration;

namespace Proxy.Listening;

/// <summary>
/// The handshakes of one endpoint, each with the certificate of the configuration in force at that moment. Kestrel's own way reads
/// certificates once, at start.
/// </summary>
/// <param name="name">Of the endpoint.</param>
/// <param name="source">Holds the configuration in force.</param>
/// <param name="https">Versions and client certificates, as Kestrel has read them for the endpoint.</param>
internal sealed class TlsHandshake(string name, SnapshotSource source, HttpsConnectionAdapterOptions https)
{
    private readonly RemoteCertificateValidationCallback? _validation =
        https.ClientCertificateMode == ClientCertificateMode.NoCertificate ? null : (_, certificate, _, errors) => IsAccepted(certificate, errors, https.ClientCertificateMode);

    /// <summary>Has an endpoint answer this way, if it is one of TLS.</summary>
    public static void Use(EndpointConfiguration endpoint, string name, SnapshotSource source)
    {
        if (endpoint.IsHttps)
        {
            var handshake = new TlsHandshake(name, source, endpoint.HttpsOptions);
            endpoint.ListenOptions.UseHttps(new TlsHandshakeCallbackOptions
            {
                HandshakeTimeout = endpoint.HttpsOptions.HandshakeTimeout,
                OnConnection = handshake.Options,
            });
        }
    }

    /// <exception cref="AuthenticationException">There is no certificate for the name that the client asks for.</exception>
    private ValueTask<SslServerAuthenticationOptions> Options(TlsHandshakeCallbackContext context)
    {
        var certificate = source.Current.Settings.Certificates[name].For(context.ClientHelloInfo.ServerName)
            ?? throw new AuthenticationException("There is no certificate for this server name.");
        context.AllowDelayedClientCertificateNegotation = https.ClientCertificateMode == ClientCertificateMode.DelayCertificate;

        // Kestrel adds the protocols for ALPN itself.
        return ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Context,
            EnabledSslProtocols = https.SslProtocols,
            CertificateChainPolicy = CertificateChain.Policy,
            ClientCertificateRequired = https.ClientCertificateMode is ClientCertificateMode.AllowCertificate or ClientCertificateMode.RequireCertificate,
            RemoteCertificateValidationCallback = _validation,
        });
    }

    /// <summary>As Kestrel judges them: what the system trusts.</summary>
    private static bool IsAccepted(X509Certificate? certificate, SslPolicyErrors errors, ClientCertificateMode mode) =>
        certificate is null ? mode != ClientCertificateMode.RequireCertificate : errors == SslPolicyErrors.None;
}
