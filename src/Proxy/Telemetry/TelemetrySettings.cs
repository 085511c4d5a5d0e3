using Proxy.Webhooks;

namespace Proxy.Telemetry;

/// <summary>What telemetry has to know at start, before a route exists.</summary>
/// <param name="Environment">The process's variables; those called <c>OTEL_*</c> are used, as OpenTelemetry specifies.</param>
/// <param name="Policies">The policy of each route of the first configuration: limits of series are computed from them.</param>
internal sealed record TelemetrySettings(
    IReadOnlyDictionary<string, string> Environment, IReadOnlyCollection<WebhookPolicy> Policies);
