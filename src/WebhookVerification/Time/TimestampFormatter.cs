using System.Globalization;

namespace WebhookVerification.Time;

/// <summary>The inverse of <see cref="TimestampParser"/>.</summary>
internal static class TimestampFormatter
{
    public static string Format(DateTimeOffset time, TimestampFormat format)
    {
        var (culture, utc) = (CultureInfo.InvariantCulture, time.UtcDateTime);
        return format switch
        {
            TimestampFormat.Unix => time.ToUnixTimeSeconds().ToString(culture),
            TimestampFormat.UnixMs => time.ToUnixTimeMilliseconds().ToString(culture),
            TimestampFormat.Rfc3339 => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", culture),
            TimestampFormat.Rfc3339Utc => utc.ToString("yyyy-MM-dd'T'HH:mm:ss", culture),
            TimestampFormat.HttpDate => utc.ToString("r", culture),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A format without a spelling."),
        };
    }
}
