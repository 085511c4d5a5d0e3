using System.Globalization;

namespace Proxy.Commands.Explain.Causes;

/// <summary>Everything is right but the time: a clock, a time zone, a late delivery, or a capture that is explained later.</summary>
internal sealed class Clock : ICause
{
    /// <summary>What lies further apart is no clock that is wrong but a time that is misread.</summary>
    public static readonly TimeSpan Plausible = TimeSpan.FromDays(20 * 365);

    public string Name => "clock";

    public string Advice =>
        "Set the clocks of both sides by NTP; for a provider that retries with the old time, raise MaxAge; for an old capture, pass --now.";

    public Place Place => Place.Proxy;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        if (attempt.Judge().SignedTime is not { } time || (attempt.Now - time).Duration() > Plausible)
        {
            return [];
        }

        var apart = (attempt.Now - time).Duration();
        return [new($"the signed time is {Words(apart)} {(time < attempt.Now ? "before" : "after")} the clock{Zone(apart)}", attempt)];
    }

    private static string Words(TimeSpan apart) => apart.ToString(apart.Days > 0 ? "d' d 'hh':'mm':'ss" : "hh':'mm':'ss", CultureInfo.InvariantCulture);

    /// <summary>Zones lie half hours apart, and the farthest fourteen hours from UTC.</summary>
    private static string Zone(TimeSpan apart)
    {
        var halves = Math.Round(apart / TimeSpan.FromMinutes(30));
        return halves is >= 1 and <= 28 && (apart - (halves * TimeSpan.FromMinutes(30))).Duration() < TimeSpan.FromMinutes(2)
            ? ", as far as a time zone"
            : "";
    }
}
