using System.Diagnostics;
using Proxy.Webhooks;

namespace Proxy.Telemetry;

/// <summary>The proxy's own spans, children of the server span that ASP.NET Core makes of a request.</summary>
internal static class Tracing
{
    /// <summary>The span of the checks of signature and time.</summary>
    public const string Verify = "verify";

    public const string RouteTag = "webhook.route";
    public const string OutcomeTag = "webhook.outcome";
    public const string ReasonTag = "webhook.reason";
    public const string ResultTag = "webhook.replay.result";
    public const string StatusTag = "http.response.status_code";

    /// <summary>Starts nothing, and costs next to nothing, unless traces are exported.</summary>
    public static ActivitySource Source { get; } = new("WebhookProxy");

    /// <summary>The headers alone have failed, within the time <paramref name="took"/> that ends now.</summary>
    public static void FailedPreflight(Reason reason, TimeSpan took)
    {
        using var span = Source.StartActivity(Verify);
        span?.SetStartTime(span.StartTimeUtc - took).SetTag(ReasonTag, MetricLabels.Of(reason));
    }

    /// <summary>Says on the server span how the request ended.</summary>
    public static void Ended(string route, RequestOutcome outcome, Reason reason)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag(RouteTag, route).SetTag(OutcomeTag, MetricLabels.Of(outcome)).SetTag(ReasonTag, MetricLabels.Of(reason));
        }
    }
}
