using Proxy.Webhooks;

namespace Proxy.Telemetry;

/// <summary>The pairs of outcome and reason that a policy can produce: series of <c>webhook_requests_total</c> that exist at 0.</summary>
internal static class RequestSeries
{
    private static readonly Reason[] Message = [Reason.TargetMalformed, Reason.RequestMalformed];

    private static readonly Reason[] BeforeSignature = [.. Message, Reason.SourceNotAllowed, Reason.HandshakeFailed];

    /// <summary>The checks that report mode relaxes.</summary>
    private static readonly Reason[] Authenticity =
    [
        Reason.SignatureMissing, Reason.SignatureMalformed, Reason.SignatureMismatch,
        Reason.TimestampMissing, Reason.TimestampMalformed, Reason.TimestampTooOld, Reason.TimestampInFuture,
    ];

    private static readonly Reason[] Refusals =
    [
        Reason.BodyTooLarge, Reason.BodyTimeout, Reason.BodyIncomplete,
        Reason.ClientDisconnected, Reason.Overloaded, Reason.ReplayStoreUnavailable,
    ];

    private static readonly Reason[] Duplicates = [Reason.Duplicate, Reason.DuplicateInFlight, Reason.DuplicateAltered];

    private static readonly bool[] Enforced = Places(
        (RequestOutcome.Verified, [Reason.None]),
        (RequestOutcome.Handshake, [Reason.None]),
        (RequestOutcome.Rejected, [.. BeforeSignature, .. Authenticity]),
        (RequestOutcome.Refused, Refusals),
        (RequestOutcome.Duplicate, Duplicates));

    private static readonly bool[] Reporting = Places(
        (RequestOutcome.Verified, [Reason.None]),
        (RequestOutcome.Handshake, [Reason.None]),
        (RequestOutcome.Reported, Authenticity),
        (RequestOutcome.Rejected, BeforeSignature),
        (RequestOutcome.Refused, Refusals),
        (RequestOutcome.Duplicate, Duplicates));

    private static readonly bool[] Unverified = Places(
        (RequestOutcome.Unverified, [Reason.None]),
        (RequestOutcome.Rejected, Message));

    /// <summary>Whether a policy of that mode can produce the pair.</summary>
    public static bool Exists(PolicyMode mode, RequestSeriesKey key) => mode switch
    {
        PolicyMode.Enforce => Enforced[key.Index],
        PolicyMode.Report => Reporting[key.Index],
        PolicyMode.None => Unverified[key.Index],
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode."),
    };

    private static bool[] Places(params (RequestOutcome Outcome, Reason[] Reasons)[] pairs)
    {
        var places = new bool[RequestSeriesKey.Count];
        foreach (var (outcome, reasons) in pairs)
        {
            foreach (var reason in reasons)
            {
                places[new RequestSeriesKey(outcome, reason).Index] = true;
            }
        }

        return places;
    }
}

/// <summary>How a request ended, and why.</summary>
internal readonly record struct RequestSeriesKey(RequestOutcome Outcome, Reason Reason)
{
    private static readonly int ReasonCount = Enum.GetValues<Reason>().Length;

    /// <summary>Length of an array that has a place for every pair.</summary>
    public static int Count { get; } = Enum.GetValues<RequestOutcome>().Length * ReasonCount;

    /// <summary>The pair's place in such an array.</summary>
    public int Index => ((int)Outcome * ReasonCount) + (int)Reason;

    /// <summary>The pair at a place.</summary>
    public static RequestSeriesKey At(int index) => new((RequestOutcome)(index / ReasonCount), (Reason)(index % ReasonCount));
}
