using System.Net;
using Proxy.Telemetry;
using Proxy.Webhooks.Buffering;
using Proxy.Webhooks.Replays;
using Proxy.Webhooks.Sources;
using WebhookVerification.Replay;

namespace Proxy.Webhooks;

/// <summary>
/// One route of one configuration, as the request path needs it: its policy, and what the route keeps from one configuration
/// to the next.
/// </summary>
internal sealed class WebhookRoute
{
    /// <summary>Frameworks that take the method from a header instead of the request line look at one of these.</summary>
    private static readonly string[] MethodOverrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    private readonly ConcurrencyGate _gate;

    public WebhookRoute(string id, WebhookPolicy policy, RouteMetrics metrics, RouteBudget budget, ConcurrencyGate gate, NetworkList trustedProxies)
    {
        Id = id;
        Policy = policy;
        Metrics = metrics;
        Budget = budget;
        ReplayScope = new ReplayScope(id, policy.Provider);
        DispatchHeaders = policy.Replay.Mode == ReplayMode.Off ? [] : [.. policy.DispatchHeaders, .. MethodOverrides];
        TrustedProxies = trustedProxies;
        _gate = gate;
    }

    public string Id { get; }

    public WebhookPolicy Policy { get; }

    public RouteMetrics Metrics { get; }

    public RouteBudget Budget { get; }

    public ReplayScope ReplayScope { get; }

    public LastFingerprint LastFingerprint { get; } = new();

    /// <summary>Names of the unsigned headers that tell a replay from a copy that would be taken for something else.</summary>
    public string[] DispatchHeaders { get; }

    /// <summary>Hops whose word on the sender's address counts: the whole proxy's, kept here so that they are of the policy's configuration.</summary>
    public NetworkList TrustedProxies { get; }

    /// <summary>Whether requests may come from <paramref name="source"/>.</summary>
    public bool Admits(IPAddress? source) => Policy.AllowedSources.IsEmpty || Policy.AllowedSources.Contains(source);

    /// <summary>Takes a place among the requests in flight; false when there is none. True must be followed by <see cref="Leave"/>.</summary>
    public bool TryEnter() => _gate.TryEnter(Policy.MaxConcurrent);

    public void Leave() => _gate.Leave();

    /// <summary>Says in metrics and on the server span how a request ended: once for each.</summary>
    public void Ended(RequestOutcome outcome, Reason reason)
    {
        Metrics.RequestEnded(outcome, reason);
        Tracing.Ended(Id, outcome, reason);
    }
}
