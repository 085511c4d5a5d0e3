namespace Proxy.Management.Status.Html;

/// <summary>How far signed times are from our clock, beside how far they may be.</summary>
internal static class ClockTable
{
    public static void Write(HtmlWriter html, IReadOnlyList<RouteReport> routes)
    {
        var timed = routes.Where(static route => route.Clock is not null).ToList();
        if (timed.Count == 0)
        {
            html.Write($"""<section id="clocks"><h2>Clocks</h2><p class="calm">No route's provider signs a time.</p></section>""");
            return;
        }

        var table = new HtmlTable(
            html, "clocks", "Clocks, last 30 minutes", "Route", "Oldest", "Allowed age", "Furthest ahead", "Allowed ahead");
        foreach (var route in timed)
        {
            var clock = route.Clock!;
            table.BeginRow(route.Id);
            WriteMeasure(html, table, clock.OldestSeconds, clock.MaxAgeSeconds);
            table.Cell(Words.Seconds(clock.MaxAgeSeconds));
            WriteMeasure(html, table, clock.FurthestAheadSeconds, clock.MaxFutureSkewSeconds);
            table.Cell(Words.Seconds(clock.MaxFutureSkewSeconds));
            table.EndRow();
        }

        table.End();
    }

    private static void WriteMeasure(HtmlWriter html, HtmlTable table, double? seconds, double limit)
    {
        table.BeginCell();
        html.Write($"""{Words.Seconds(seconds)} <meter min="0" max="{limit}" high="{limit * 0.8}" optimum="0" value="{seconds ?? 0}" aria-hidden="true"></meter>""");
        table.EndCell();
    }
}
