namespace Proxy.Management.Status.Html;

/// <summary>Which secrets are still in use: an old one that nobody signs with can go.</summary>
internal static class SecretTable
{
    public static void Write(HtmlWriter html, StatusReport status)
    {
        var table = new HtmlTable(html, "secrets", "Secrets", "Route", "Secret", "Matches", "Last match");
        foreach (var route in status.Routes)
        {
            foreach (var secret in route.Secrets)
            {
                table.BeginRow(route.Id);
                table.Cell(secret.Name);
                table.Cell(secret.Matches);
                table.Cell(secret.LastMatch is { } last ? Words.Ago(last, status.Time) : "never");
                table.EndRow();
            }
        }

        table.End();
    }
}
