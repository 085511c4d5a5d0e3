namespace Proxy.Management.Status.Html;

/// <summary>What concerns the whole process: configuration, memory, replays.</summary>
internal static class ProxyFacts
{
    public static void Write(HtmlWriter html, StatusReport status)
    {
        WriteConfiguration(html, status.Configuration);
        var (buffer, replay) = (status.Buffer, status.Replay);
        html.Write($"""
            <section id="process"><h2>Memory and replays</h2>
            <dl>
            <div><dt>Bodies held</dt><dd>{Words.Bytes(buffer.Bytes)} of {Words.Bytes(buffer.LimitBytes)} <meter min="0" max="{buffer.LimitBytes}" high="{buffer.LimitBytes * 8 / 10}" optimum="0" value="{buffer.Bytes}" aria-hidden="true"></meter></dd></div>
            <div><dt>Replay store</dt><dd>{replay.Store}</dd></div>
            <div><dt>Keys in this process</dt><dd>{replay.LocalKeys:N0} of {replay.Capacity:N0}, {replay.LocalEvictions:N0} given up early</dd></div>

            """);
        foreach (var (result, count) in replay.Checks)
        {
            html.Write($"<div><dt>Checks: {result.Replace('_', ' ')}</dt><dd>{count:N0}</dd></div>\n");
        }

        html.Write($"</dl></section>\n");
    }

    private static void WriteConfiguration(HtmlWriter html, ConfigurationState? configuration)
    {
        html.Write($"""<section id="configuration"><h2>Configuration</h2>""");
        if (configuration is null)
        {
            html.Write($"""<p class="calm">None is in force yet.</p></section>""");
            return;
        }

        html.Write($"<p>In force since {configuration.AppliedAt:yyyy-MM-dd HH:mm:ss}: {configuration.Routes:N0} routes, {configuration.Policies:N0} policies.</p>");
        if (configuration.RejectedAt is { } rejected)
        {
            html.Write($"""<p class="bad">Rejected at {rejected:HH:mm:ss}; what is in force stays.</p>""");
            WriteProblems(html, "Errors", configuration.Errors);
        }

        WriteProblems(html, "Warnings", configuration.Warnings);
        html.Write($"</section>\n");
    }

    private static void WriteProblems(HtmlWriter html, string title, IReadOnlyList<ProblemReport> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }

        html.Write($"<h3>{title}</h3><ul>");
        foreach (var problem in problems)
        {
            html.Write($"<li>{problem.Source}: <code>{problem.Path}</code> {problem.Message}</li>");
        }

        html.Write($"</ul>");
    }
}
