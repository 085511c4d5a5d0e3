namespace Proxy.Webhooks;

/// <summary>How a request ended; the label <c>outcome</c>. Member 0 is a refusal.</summary>
internal enum RequestOutcome
{
    /// <summary>Not authentic, or not a well-formed request.</summary>
    Rejected = 0,

    /// <summary>Not judged to the end: a bound, the client or a dependency stopped it.</summary>
    Refused,

    /// <summary>Authentic and handed to the upstream, whatever the upstream then said.</summary>
    Verified,

    /// <summary>Authentic and processed, or being processed, before.</summary>
    Duplicate,

    /// <summary>Forwarded in report mode although a check failed.</summary>
    Reported,

    /// <summary>A provider's handshake, answered by the proxy.</summary>
    Handshake,

    /// <summary>Forwarded on a route whose policy is None.</summary>
    Unverified,
}
