using System.Text;
using Proxy.Listening;
using Proxy.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>YARP's HTTP clients, made to pass on bytes as they are.</summary>
internal sealed class UpstreamClientFactory(TelemetryHost telemetry, ILogger<UpstreamClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);

        // Header bytes survive as Latin-1, both ways: as UTF-8, a name with an umlaut in it would be an error or other bytes.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.SslOptions.CertificateChainPolicy = CertificateChain.Policy;
        if (!telemetry.ExportsTraces)
        {
            // The caller's traceparent goes through untouched, and no span is made that nobody sees.
            handler.ActivityHeadersPropagator = null;
        }
    }
}
