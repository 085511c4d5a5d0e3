using Yarp.ReverseProxy.Forwarder;

namespace Proxy.Webhooks.Forwarding;

/// <summary>Why a forwarded request has no whole answer, as YARP's health checks and our own retries look for it.</summary>
internal sealed record UpstreamFailure(ForwarderError Error, Exception? Exception) : IForwarderErrorFeature;
