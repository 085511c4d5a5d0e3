using OpenTelemetry.Metrics;

namespace Proxy.Telemetry.Prometheus;

/// <summary>
/// Translates an instrument's name and unit as OpenTelemetry's compatibility specification asks: "http.server.request.duration"
/// in "s" becomes <c>http_server_request_duration_seconds</c>, and a counter ends in <c>_total</c>.
/// </summary>
internal static class PrometheusName
{
    public static string Of(string instrument, string? unit, MetricType type)
    {
        var name = Sanitize(instrument);
        var isCounter = type is MetricType.LongSum or MetricType.DoubleSum;
        if (isCounter && name.EndsWith("_total", StringComparison.Ordinal))
        {
            name = name[..^"_total".Length];
        }

        if (Unit(unit) is { Length: > 0 } suffix && !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            name = $"{name}_{suffix}";
        }

        return isCounter ? name + "_total" : name;
    }

    /// <summary>Puts one <c>_</c> in the place of each run of illegal characters, and in front of a digit.</summary>
    public static string Sanitize(string text)
    {
        Span<char> legal = stackalloc char[text.Length + 1];
        var length = 0;
        foreach (var c in text)
        {
            if (length == 0 && char.IsAsciiDigit(c))
            {
                legal[length++] = '_';
            }

            if (char.IsAsciiLetterOrDigit(c) || c == ':')
            {
                legal[length++] = c;
            }
            else if (length == 0 || legal[length - 1] != '_')
            {
                legal[length++] = '_';
            }
        }

        return new(legal[..length]);
    }

    /// <summary>The unit in words; empty for none, "1" and annotations such as "{request}".</summary>
    private static string Unit(string? unit)
    {
        var plain = WithoutAnnotations(unit ?? "");
        var slash = plain.IndexOf('/', StringComparison.Ordinal);
        var words = slash > 0 && slash < plain.Length - 1
            ? $"{Plural(plain[..slash])}_per_{Singular(plain[(slash + 1)..])}"
            : Plural(plain);
        return Sanitize(words).Trim('_');
    }

    private static string WithoutAnnotations(string unit)
    {
        while (unit.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open &&
               unit.IndexOf('}', open) is >= 0 and var close)
        {
            unit = unit.Remove(open, close - open + 1);
        }

        return unit;
    }

    private static string Plural(string unit) => unit switch
    {
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "KBy" => "kilobytes",
        "MBy" => "megabytes",
        "GBy" => "gigabytes",
        "Hz" => "hertz",
        "Cel" => "celsius",
        "%" => "percent",
        "1" => "",
        _ => unit,
    };

    private static string Singular(string unit) => unit switch
    {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        "w" => "week",
        "mo" => "month",
        "y" => "year",
        _ => unit,
    };
}
