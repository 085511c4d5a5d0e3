using System.Diagnostics;

namespace Proxy.Telemetry;

/// <summary>The proxy's own spans, children of the server span that ASP.NET Core makes of a request.</summary>
internal static class Tracing
{
    /// <summary>Starts nothing, and costs next to nothing, unless traces are exported.</summary>
    public static ActivitySource Source { get; } = new("WebhookProxy");
}
