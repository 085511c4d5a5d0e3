namespace Proxy.Management.Status.Html;

/// <summary>The last requests that were not simply forwarded.</summary>
internal static class RefusalTable
{
    /// <summary>More are in <c>/api/status</c>, and all in the log.</summary>
    private const int MaxRows = 20;

    public static void Write(HtmlWriter html, StatusReport status)
    {
        if (status.Refusals.Count == 0)
        {
            html.Write($"""<section id="refusals"><h2>Last refusals</h2><p class="calm">None since the start.</p></section>""");
            return;
        }

        var table = new HtmlTable(html, "refusals", "Last refusals", "Time", "Route", "Reason", "Answer", "Source", "Trace");
        foreach (var refusal in status.Refusals.Take(MaxRows))
        {
            table.BeginRow(Words.Invariant($"{refusal.Time:HH:mm:ss}"));
            table.Cell(refusal.Route);
            table.BeginCell();
            html.Write($"<code>{refusal.Reason}</code>");
            table.EndCell();
            table.Cell(refusal.Status);
            table.Cell(refusal.Source ?? "unknown");
            table.BeginCell();
            html.Write($"""<code class="trace">{refusal.TraceId}</code>""");
            table.EndCell();
            table.EndRow();
        }

        table.End();
    }
}
