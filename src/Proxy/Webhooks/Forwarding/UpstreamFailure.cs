using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Why a forwarded request has no whole answer, as YARP's health checks and our own retries look for it.</summary>
internal sealed record UpstreamFailure(ForwarderError Error, Exception? Exception) : IForwarderErrorFeature
{
    /// <summary>Whether it was the client who went away: anybody can, and no upstream is to be blamed for it.</summary>
    public static bool IsTheClients(ForwarderError error) => error is
        ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.RequestBodyClient
        or ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient;
}
