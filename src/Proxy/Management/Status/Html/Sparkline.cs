using System.Globalization;
using System.Text;

namespace Proxy.Management.Status.Html;

/// <summary>Two rows of bars on one scale: what passed above the line, what failed below it, told apart by place as well as by colour.</summary>
internal static class Sparkline
{
    private const int BarWidth = 4;
    private const int Step = 5;
    private const int HalfHeight = 16;

    /// <summary>What happened at all is seen: the height of one request among thousands.</summary>
    private const double LeastHeight = 1.5;

    /// <param name="html">Where it is written.</param>
    /// <param name="passed">By minute, oldest first.</param>
    /// <param name="refused">The same minutes.</param>
    /// <param name="passedAs">What those above the line are called; a class of the style sheet too.</param>
    public static void Write(HtmlWriter html, IReadOnlyList<long> passed, IReadOnlyList<long> refused, string passedAs)
    {
        var most = Math.Max(passed.Max(), refused.Max());
        var width = passed.Count * Step;
        html.Write($"""
            <svg class="sparkline" role="img" preserveAspectRatio="none" viewBox="0 0 {width} {2 * HalfHeight}" width="{width}" height="{2 * HalfHeight}"><title>Last {passed.Count} minutes: {passed.Sum():N0} {passedAs}, {refused.Sum():N0} refused; at most {most:N0} a minute</title><path class="axis" d="M0 {HalfHeight}H{width}"/><path class="{passedAs}" d="{Bars(passed, most, up: true)}"/><path class="refused" d="{Bars(refused, most, up: false)}"/></svg>
            """);
    }

    private static string Bars(IReadOnlyList<long> counts, long most, bool up)
    {
        var path = new StringBuilder();
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i] > 0)
            {
                var height = Math.Max(LeastHeight, (double)HalfHeight * counts[i] / most) * (up ? -1 : 1);
                path.Append(CultureInfo.InvariantCulture, $"M{i * Step} {HalfHeight}v{height:0.##}h{BarWidth}V{HalfHeight}z");
            }
        }

        return path.ToString();
    }
}
