using System.Text.Json.Nodes;

namespace Proxy.Commands.Explain.Causes;

/// <summary>Milliseconds where seconds are expected, or another way to write the time.</summary>
internal sealed class TimestampUnit : ICause
{
    private static readonly string[] Formats = ["unix", "unix-ms", "rfc3339", "rfc3339-utc", "http-date"];

    public string Name => "timestamp-unit";

    public string Advice => "Write the time in the unit and format that the provider's entry names.";

    public Place Place => Place.Sender;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        var current = attempt.SchemeText("timestamp", "format");
        var judged = attempt with { MaxAge = Clock.Plausible, MaxFutureSkew = Clock.Plausible };
        return current is null || judged.Passes()
            ? []
            : Formats.Where(format => format != current).Select(format => new Variation(
                $"the time is written as {format}; {current} is expected",
                judged.WithScheme(new JsonObject { ["timestamp"] = new JsonObject { ["format"] = format } })));
    }
}
