using System.CommandLine;
using System.Globalization;

namespace Proxy.Commands.Requests;

/// <summary>A time on the command line: Unix seconds or RFC 3339.</summary>
internal static class TimeArgument
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static Option<DateTimeOffset?> Create(string name, string description) => new(name)
    {
        Description = $"{description} T is Unix seconds or RFC 3339. Default: now.",
        HelpName = "T",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Parse(text) is { } time)
            {
                return time;
            }

            result.AddError($"{name}: \"{text}\" is no time; expected Unix seconds, such as 1735787047, or RFC 3339, such as 2025-01-02T03:04:07Z.");
            return null;
        },
    };

    private static DateTimeOffset? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null
            : text.Length > 19 && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
            : null;
}
