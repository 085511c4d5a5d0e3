namespace Proxy.Management.Status.Html;

/// <summary>The upstreams, as YARP sees them, and what they answer.</summary>
internal static class UpstreamTables
{
    private static readonly string[] Codes = ["2xx", "3xx", "4xx", "5xx", "error"];

    public static void Write(HtmlWriter html, StatusReport status)
    {
        var answers = new HtmlTable(html, "answers", "Upstream answers", ["Route", .. Codes, "Retries"]);
        foreach (var route in status.Routes)
        {
            answers.BeginRow(route.Id);
            foreach (var code in Codes)
            {
                answers.Cell(route.Upstream.Responses[code]);
            }

            answers.Cell(route.Upstream.Retries);
            answers.EndRow();
        }

        answers.End();

        var health = new HtmlTable(
            html, "upstreams", "Upstream health", "Destination", "Cluster", "Address", "By probes", "By traffic", "In flight");
        foreach (var destination in status.Destinations)
        {
            health.BeginRow(destination.Destination);
            health.Cell(destination.Cluster);
            health.Cell(destination.Address);
            WriteHealth(html, health, destination.Active);
            WriteHealth(html, health, destination.Passive);
            health.Cell(destination.InFlight);
            health.EndRow();
        }

        health.End();
    }

    private static void WriteHealth(HtmlWriter html, HtmlTable table, string health)
    {
        table.BeginCell();
        html.Write($"""<span class="health {health}">{(health == "unknown" ? "not checked" : health)}</span>""");
        table.EndCell();
    }
}
