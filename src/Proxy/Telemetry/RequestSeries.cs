using System.Collections.Frozen;
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

    private static readonly FrozenSet<RequestSeriesKey> Enforced =
    [
        new(RequestOutcome.Verified, Reason.None),
        new(RequestOutcome.Handshake, Reason.None),
        .. Pairs(RequestOutcome.Rejected, [.. BeforeSignature, .. Authenticity]),
        .. Pairs(RequestOutcome.Refused, Refusals),
        .. Pairs(RequestOutcome.Duplicate, Duplicates),
    ];

    private static readonly FrozenSet<RequestSeriesKey> Reporting =
    [
        new(RequestOutcome.Verified, Reason.None),
        new(RequestOutcome.Handshake, Reason.None),
        .. Pairs(RequestOutcome.Reported, Authenticity),
        .. Pairs(RequestOutcome.Rejected, BeforeSignature),
        .. Pairs(RequestOutcome.Refused, Refusals),
        .. Pairs(RequestOutcome.Duplicate, Duplicates),
    ];

    private static readonly FrozenSet<RequestSeriesKey> Unverified =
    [
        new(RequestOutcome.Unverified, Reason.None),
        .. Pairs(RequestOutcome.Rejected, Message),
    ];

    public static IReadOnlySet<RequestSeriesKey> Of(PolicyMode mode) => mode switch
    {
        PolicyMode.Enforce => Enforced,
        PolicyMode.Report => Reporting,
        PolicyMode.None => Unverified,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode."),
    };

    private static IEnumerable<RequestSeriesKey> Pairs(RequestOutcome outcome, Reason[] reasons) =>
        reasons.Select(reason => new RequestSeriesKey(outcome, reason));
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
