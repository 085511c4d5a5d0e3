using System.Globalization;

namespace Proxy.Configuration;

/// <summary>
/// How long a certificate of the configuration can be used, and where it is named. Its time is never an error: clients judge by their
/// own clocks, and an error would keep every other change of the configuration out. Immutable.
/// </summary>
/// <param name="Source">The file or variable that names it.</param>
/// <param name="Path">Where in that, as a JSONPath.</param>
/// <param name="File">Its file, as the configuration names it.</param>
/// <param name="From">The first moment.</param>
/// <param name="Until">The last moment.</param>
internal sealed record CertificateDates(string Source, string Path, string File, DateTimeOffset From, DateTimeOffset Until)
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly TimeSpan LongestNotice = TimeSpan.FromDays(14);

    /// <summary>Certificates that live for days are renewed all the time: of those, the last third is soon.</summary>
    private TimeSpan Notice => TimeSpan.FromTicks(Math.Min(LongestNotice.Ticks, (Until - From).Ticks / 3));

    /// <summary>What clients will hold against it, now or soon; null for nothing. Stays the same as time goes on, until it gets worse.</summary>
    public string? Warning(DateTimeOffset now) =>
        now > Until ? $"The certificate in '{File}' expired at {Text(Until)}; clients refuse it."
        : now < From ? $"The certificate in '{File}' is valid from {Text(From)} on; clients refuse it before that."
        : Until - now <= Notice ? $"The certificate in '{File}' expires at {Text(Until)}; clients refuse it from then on. A renewed file needs no restart."
        : null;

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Iso, CultureInfo.InvariantCulture);
}
