using System.Globalization;

namespace WebhookVerification.Time;

/// <summary>
/// Reads signed times. Stricter than the framework's parsers, which take signs, white space and local formats: a time that
/// two parsers read differently is a time that an attacker chooses.
/// </summary>
internal static class TimestampParser
{
    /// <summary>The longest text that any format can need; longer ones are malformed before a character is looked at.</summary>
    public const int MaxLength = 40;

    /// <summary>9999-12-31T23:59:59Z in seconds, the end of <see cref="DateTimeOffset"/>.</summary>
    private const long MaxUnixSeconds = 253_402_300_799;

    /// <summary>As many as never overflow.</summary>
    private const int MaxDigits = 18;

    public static bool TryParse(ReadOnlySpan<char> text, TimestampFormat format, out DateTimeOffset time)
    {
        time = default;
        return text.Length is > 0 and <= MaxLength && format switch
        {
            TimestampFormat.Unix => TryParseUnix(text, ticksPerUnit: TimeSpan.TicksPerSecond, out time),
            TimestampFormat.UnixMs => TryParseUnix(text, ticksPerUnit: TimeSpan.TicksPerMillisecond, out time),
            TimestampFormat.Rfc3339 => Rfc3339.TryParse(text, hasOffset: true, out time),
            TimestampFormat.Rfc3339Utc => Rfc3339.TryParse(text, hasOffset: false, out time),
            TimestampFormat.HttpDate => DateTimeOffset.TryParseExact(
                text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time),
            _ => false,
        };
    }

    private static bool TryParseUnix(ReadOnlySpan<char> text, long ticksPerUnit, out DateTimeOffset time)
    {
        time = default;

        // By hand, because the framework takes trailing NUL characters even where it is told to take digits only.
        if (text.Length > MaxDigits)
        {
            return false;
        }

        var units = 0L;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            units = (units * 10) + (c - '0');
        }

        if (units / (TimeSpan.TicksPerSecond / ticksPerUnit) > MaxUnixSeconds)
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddTicks(units * ticksPerUnit);
        return true;
    }
}
