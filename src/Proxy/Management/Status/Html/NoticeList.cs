namespace Proxy.Management.Status.Html;

/// <summary>What needs somebody, first of all.</summary>
internal static class NoticeList
{
    public static void Write(HtmlWriter html, IReadOnlyList<NoticeReport> notices)
    {
        html.Write($"""<section id="notices"><h2>Needs attention</h2>""");
        if (notices.Count == 0)
        {
            html.Write($"""<p class="calm">Nothing.</p>""");
        }
        else
        {
            html.Write($"<ul>");
            foreach (var notice in notices.OrderBy(static notice => notice.Severity == "info"))
            {
                html.Write($"""<li class="{notice.Severity}"><strong>{notice.Subject}</strong> {notice.Text}</li>""");
            }

            html.Write($"</ul>");
        }

        html.Write($"</section>\n");
    }
}
