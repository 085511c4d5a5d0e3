using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Proxy.Listening;
using Yarp.ReverseProxy.Configuration;

namespace Proxy.Commands.Check;

/// <summary>Tries whether an upstream accepts connections, and for https whether its certificate is accepted. Sends no request.</summary>
/// <param name="Address">Scheme, host and port.</param>
/// <param name="AcceptsAnyCertificate">As the cluster's HttpClient says.</param>
internal sealed record UpstreamProbe(Uri Address, bool AcceptsAnyCertificate)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>One probe for each host and port, however many destinations share it.</summary>
    public static IEnumerable<UpstreamProbe> Of(IEnumerable<ClusterConfig> clusters) => clusters
        .SelectMany(static cluster => cluster.Destinations!.Values.Select(destination => new UpstreamProbe(
            new Uri(new Uri(destination.Address).GetLeftPart(UriPartial.Authority)),
            cluster.HttpClient?.DangerousAcceptAnyServerCertificate ?? false)))
        .Distinct();

    /// <summary>Null when it works, else why it does not.</summary>
    public async Task<string?> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Address.IdnHost, Address.Port, limited.Token);
            if (Address.Scheme == Uri.UriSchemeHttps)
            {
                await AuthenticateAsync(client.GetStream(), limited.Token);
            }

            return null;
        }
        catch (Exception e) when (e is SocketException or AuthenticationException or IOException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no connection within {Limit.TotalSeconds} s";
        }
    }

    private async Task AuthenticateAsync(Stream stream, CancellationToken cancellationToken)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = Address.IdnHost,
            // As the running proxy judges it.
            CertificateChainPolicy = CertificateChain.Policy,
            RemoteCertificateValidationCallback = AcceptsAnyCertificate ? (_, _, _, _) => AcceptsAnyCertificate : null,
        };
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(options, cancellationToken);
    }
}
