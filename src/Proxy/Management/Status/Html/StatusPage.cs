namespace Proxy.Management.Status.Html;

/// <summary>The page for people. What changes is in <c>header</c> and <c>main</c>; status.js replaces just that.</summary>
internal static class StatusPage
{
    public static string Render(StatusReport status)
    {
        var html = new HtmlWriter();
        html.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Webhook proxy: {status.Readiness}</title>
            <link rel="icon" href="data:,">
            <noscript><meta http-equiv="refresh" content="10"></noscript>

            """);
        StatusAssets.Write(html);
        html.Write($"""
            </head>
            <body>
            <a class="skip" href="#routes">Skip to the routes</a>

            """);
        WriteHeader(html, status);
        html.Write($"<main>\n");
        NoticeList.Write(html, status.Notices);
        RouteTable.Write(html, status.Routes);
        RefusalTable.Write(html, status);
        SecretTable.Write(html, status);
        ClockTable.Write(html, status.Routes);
        UpstreamTables.Write(html, status);
        ProxyFacts.Write(html, status);
        html.Write($"""
            </main>
            <footer>Times are UTC. Counts of secrets, answers and replay checks begin with the process. The same as JSON: <a href="/api/status">/api/status</a>; for Prometheus: <a href="/metrics">/metrics</a>.</footer>
            </body>
            </html>

            """);
        return html.ToString();
    }

    private static void WriteHeader(HtmlWriter html, StatusReport status) => html.Write($"""
        <header>
        <h1>Webhook proxy <span class="badge {status.Readiness.Replace(' ', '-')}">{status.Readiness}</span></h1>
        <p><span id="updated">{status.Time:yyyy-MM-dd HH:mm:ss}</span> · up {Words.Duration(status.Time - status.Started)} · version {status.Version}</p>
        <p id="live" role="status"></p>
        <button id="pause" type="button" aria-pressed="false" hidden>Pause updates</button>
        </header>

        """);
}
