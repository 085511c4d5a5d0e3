using System.Text.Json.Nodes;

namespace Proxy.Commands.Explain.Causes;

/// <summary>The time is left out of the signed content, taken into it, or joined to the body in another way.</summary>
internal sealed class SignedTime : ICause
{
    private static readonly string[] Contents =
        ["{time}.{body}", "{time}{body}", "{time}:{body}", "v0:{time}:{body}", "{time},{body}", "{body}{time}", "{body}.{time}"];

    public string Name => "signed-time";

    public string Advice => "Sign exactly what the provider's entry says: time and body with what stands between them, or the body alone.";

    public Place Place => Place.Sender;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        var current = attempt.SchemeText("content") ?? "";
        var isSigned = current.Contains("{timestamp}", StringComparison.Ordinal);
        if (isSigned)
        {
            yield return Of(attempt, "{body}", current);
        }

        var times = isSigned ? ["{timestamp}"] : attempt.Request.Headers.Where(IsTime).Select(static header => $"{{header:{header.Key}}}");
        foreach (var content in times.SelectMany(static time => Contents.Select(content => content.Replace("{time}", time, StringComparison.Ordinal))))
        {
            yield return Of(attempt, content, current);
        }
    }

    private static Variation Of(Attempt attempt, string content, string current)
    {
        var keepsTime = content.Contains("{timestamp}", StringComparison.Ordinal);
        var over = new JsonObject { ["content"] = content, ["deliveryId"] = null };
        if (!keepsTime)
        {
            over["timestamp"] = null;
        }

        return new($"{content} is signed; {current} is expected", attempt.WithScheme(over));
    }

    private static bool IsTime(KeyValuePair<string, string> header) =>
        header.Value.Length is > 0 and <= 40
        && (header.Key.Contains("time", StringComparison.OrdinalIgnoreCase) || header.Key.Contains("date", StringComparison.OrdinalIgnoreCase));
}
