namespace WebhookVerification.Time;

/// <summary>RFC 3339, section 5.6, without its leniencies: "T" and "Z" are upper case, a leap second is not a time.</summary>
internal static class Rfc3339
{
    private const int DateTimeLength = 19; // 2006-01-02T15:04:05
    private const int MaxFractionDigits = 9;
    private const int FractionDigitsOfATick = 7;

    /// <param name="text">The time.</param>
    /// <param name="hasOffset">False for times that end without "Z" or offset; they are UTC.</param>
    /// <param name="time">As read.</param>
    public static bool TryParse(ReadOnlySpan<char> text, bool hasOffset, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < DateTimeLength
            || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || !Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute) || !Digits(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var rest = text[DateTimeLength..];
        var offsetMinutes = 0;
        if (!TakeFraction(ref rest, out var fractionTicks) || !(hasOffset ? TryParseOffset(rest, out offsetMinutes) : rest.IsEmpty))
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Unspecified).Ticks + fractionTicks;
        var utc = local - (offsetMinutes * TimeSpan.TicksPerMinute);
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    private static bool TakeFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest is not ['.', ..])
        {
            return true;
        }

        var digits = 1;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        var fraction = rest[1..digits];
        rest = rest[digits..];
        if (fraction.Length is 0 or > MaxFractionDigits)
        {
            return false;
        }

        for (var i = 0; i < FractionDigitsOfATick; i++)
        {
            ticks = (ticks * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text is "Z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !Digits(text[1..3], out var hour) || !Digits(text[4..], out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            value = (value * 10) + (c - '0');
        }

        return true;
    }
}
