using Proxy.Webhooks.Sources;
using WebhookVerification;

namespace Proxy.Webhooks;

/// <summary>Whether a failed check stops a request.</summary>
internal enum PolicyMode
{
    /// <summary>Only authentic requests pass.</summary>
    Enforce = 0,

    /// <summary>Requests that fail a signature or time check pass too, marked and counted.</summary>
    Report,

    /// <summary>The reserved policy "None": nothing is verified, bodies stream.</summary>
    None,
}

/// <summary>One policy, checked and compiled: decoded keys, resolved defaults. Immutable; shared by the routes that name it.</summary>
internal sealed record WebhookPolicy
{
    /// <summary>The policy's name in the configuration; "None" for the reserved one.</summary>
    public required string Name { get; init; }

    /// <summary>Catalogue id, "custom" for a policy with its own scheme, "none" for the reserved policy. A metric label.</summary>
    public required string Provider { get; init; }

    /// <summary>
    /// Changes whenever anything of the policy changes, decoded secrets included, and only then. A keyed digest in hex:
    /// part of YARP's route metadata, so that a changed policy makes a new route, but says nothing of the secrets.
    /// </summary>
    public required string Revision { get; init; }

    public required PolicyMode Mode { get; init; }

    /// <summary>Null for the policy None only.</summary>
    public WebhookVerifier? Verifier { get; init; }

    /// <summary>What the verifier was made of, for <c>explain</c>; null for the policy None, and in a proxy that runs.</summary>
    public PolicyOrigin? Origin { get; init; }

    /// <summary>Names of the secrets in configured order; the index of a match points here.</summary>
    public IReadOnlyList<string> SecretNames { get; init; } = [];

    /// <summary>Null where no time is signed.</summary>
    public TimeSpan? MaxAge { get; init; }

    public TimeSpan MaxFutureSkew { get; init; }

    public long MaxBodyBytes { get; init; }

    public TimeSpan BodyTimeout { get; init; }

    /// <summary>Requests in flight on a route; null for no bound.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>Networks a request may come from; empty for any.</summary>
    public NetworkList AllowedSources { get; init; } = NetworkList.Empty;

    /// <summary>What a route of this policy answers to when it names no methods: POST and those of the provider's handshakes; empty for any.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Status of a rejection, 400 to 499.</summary>
    public int RejectStatus { get; init; } = 400;

    /// <summary>What the provider insists on as the answer's body, already decided from ReplyBody; null to pass the upstream's.</summary>
    public ProviderReply? Reply { get; init; }

    /// <summary>Whether a method is let in for the provider's handshakes alone: webhooks come by POST.</summary>
    public bool IsForHandshakesOnly(string method) => !HttpMethods.IsPost(method) && Methods.Contains(method);

    public ReplayPolicy Replay { get; init; } = new();

    /// <summary>Unsigned headers that upstreams dispatch on; part of a request's fingerprint.</summary>
    public IReadOnlyList<string> DispatchHeaders { get; init; } = [];

    /// <summary>Bounds the whole upstream call, connecting included.</summary>
    public TimeSpan TotalTimeout { get; init; }

    /// <summary>Further tries while connecting.</summary>
    public int Retries { get; init; }
}

/// <summary>Whether a replay check stops a request.</summary>
internal enum ReplayMode
{
    Off = 0,
    Report,
    Enforce,
}

/// <summary>A policy's replay settings, defaults resolved.</summary>
internal sealed record ReplayPolicy
{
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);

    public ReplayMode Mode { get; init; }

    public TimeSpan Window { get; init; } = DefaultWindow;

    /// <summary>True: a committed duplicate is answered 200 and not forwarded; false: 409.</summary>
    public bool AcknowledgeDuplicates { get; init; } = true;

    /// <summary>True: while the store is down, claims are kept in this process only; false: 503.</summary>
    public bool AllowWhenUnavailable { get; init; }
}
