namespace Proxy.Management.Status.Html;

/// <summary>Every route at a glance: how much passes, how much does not, and why not.</summary>
internal static class RouteTable
{
    private const int MaxReasons = 3;

    public static void Write(HtmlWriter html, IReadOnlyList<RouteReport> routes)
    {
        var table = new HtmlTable(
            html, "routes", "Routes, last 30 minutes", "Route", "Provider", "Mode", "By the minute", "Passed", "Refused", "Per minute", "Reasons");
        foreach (var route in routes)
        {
            var unverified = route.Mode == "none";
            var passed = unverified ? route.Unverified : route.Verified;
            table.BeginRow(route.Id);
            table.Cell(route.Provider);
            table.BeginCell();
            html.Write($"""<span class="mode {route.Mode}">{(unverified ? "unverified" : route.Mode)}</span>""");
            table.EndCell();
            table.BeginCell("picture");
            Sparkline.Write(html, passed, route.Refused, unverified ? "unverified" : "verified");
            table.EndCell();
            table.Cell(passed.Sum());
            table.Cell(route.Refused.Sum());
            table.BeginCell("number");
            html.Write($"{Rate(passed, route.Refused):0.#}");
            table.EndCell();
            table.BeginCell();
            WriteReasons(html, route.Reasons);
            table.EndCell();
            table.EndRow();
        }

        table.End();
    }

    /// <summary>Requests a minute over the last five whole ones.</summary>
    private static double Rate(IReadOnlyList<long> passed, IReadOnlyList<long> refused) =>
        passed.Zip(refused, static (a, b) => a + b).SkipLast(1).TakeLast(5).Average();

    private static void WriteReasons(HtmlWriter html, IReadOnlyList<OutcomeReport> reasons)
    {
        if (reasons.Count == 0)
        {
            html.Write($"""<span class="quiet">none</span>""");
            return;
        }

        html.Write($"""<ul class="reasons">""");
        foreach (var reason in reasons.Take(MaxReasons))
        {
            html.Write($"""<li><code>{reason.Reason}</code> {reason.Count:N0}</li>""");
        }

        if (reasons.Count > MaxReasons)
        {
            html.Write($"""<li class="quiet">and {reasons.Count - MaxReasons} more</li>""");
        }

        html.Write($"</ul>");
    }
}
