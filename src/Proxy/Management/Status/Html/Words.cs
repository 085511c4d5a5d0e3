using System.Globalization;

namespace Proxy.Management.Status.Html;

/// <summary>Times and amounts as people say them.</summary>
internal static class Words
{
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => $"{Duration(now - then)} ago";

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 120 } => Invariant($"{Math.Max(0, time.TotalSeconds):0} s"),
        { TotalMinutes: < 120 } => Invariant($"{Math.Floor(time.TotalMinutes):0} min"),
        { TotalHours: < 48 } => Invariant($"{Math.Floor(time.TotalHours):0} h"),
        _ => Invariant($"{Math.Floor(time.TotalDays):0} days"),
    };

    /// <summary>Seconds, exact where a second matters.</summary>
    public static string Seconds(double? seconds) => seconds switch
    {
        null => "none",
        < 10 => Invariant($"{seconds:0.0} s"),
        _ => Duration(TimeSpan.FromSeconds(seconds.Value)),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => Invariant($"{bytes} B"),
        < 1 << 20 => Invariant($"{bytes / 1024.0:0.#} KiB"),
        _ => Invariant($"{bytes / 1048576.0:0.#} MiB"),
    };

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
