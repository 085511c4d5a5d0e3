using Proxy.Webhooks;

namespace Proxy.Telemetry;

/// <summary>
/// Label values of the contract. Written out rather than derived from member names: dashboards and alert rules depend on
/// them, so renaming a member must not rename a series.
/// </summary>
internal static class MetricLabels
{
    /// <summary>Values of <c>code</c>, in the order of <see cref="UpstreamCodeIndex"/>.</summary>
    public static readonly IReadOnlyList<string> UpstreamCodes = ["2xx", "3xx", "4xx", "5xx", "error"];

    /// <summary>Where <see cref="UpstreamCodes"/> has "error".</summary>
    public const int UpstreamError = 4;

    /// <summary>A status code's class as an index into <see cref="UpstreamCodes"/>; "error" for no final status.</summary>
    public static int UpstreamCodeIndex(int statusCode) =>
        statusCode is >= 200 and < 600 ? (statusCode / 100) - 2 : UpstreamError;

    public static string Of(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Rejected => "rejected",
        RequestOutcome.Refused => "refused",
        RequestOutcome.Verified => "verified",
        RequestOutcome.Duplicate => "duplicate",
        RequestOutcome.Reported => "reported",
        RequestOutcome.Handshake => "handshake",
        RequestOutcome.Unverified => "unverified",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome."),
    };

    public static string Of(Reason reason) => reason switch
    {
        Reason.None => "",
        Reason.TargetMalformed => "target_malformed",
        Reason.RequestMalformed => "request_malformed",
        Reason.SourceNotAllowed => "source_not_allowed",
        Reason.Overloaded => "overloaded",
        Reason.HandshakeFailed => "handshake_failed",
        Reason.SignatureMissing => "signature_missing",
        Reason.SignatureMalformed => "signature_malformed",
        Reason.SignatureMismatch => "signature_mismatch",
        Reason.TimestampMissing => "timestamp_missing",
        Reason.TimestampMalformed => "timestamp_malformed",
        Reason.TimestampTooOld => "timestamp_too_old",
        Reason.TimestampInFuture => "timestamp_in_future",
        Reason.BodyTooLarge => "body_too_large",
        Reason.BodyTimeout => "body_timeout",
        Reason.BodyIncomplete => "body_incomplete",
        Reason.ClientDisconnected => "client_disconnected",
        Reason.Duplicate => "duplicate",
        Reason.DuplicateInFlight => "duplicate_in_flight",
        Reason.DuplicateAltered => "duplicate_altered",
        Reason.ReplayStoreUnavailable => "replay_store_unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    public static string Of(ReplayCheck result) => result switch
    {
        ReplayCheck.Unavailable => "unavailable",
        ReplayCheck.New => "new",
        ReplayCheck.Duplicate => "duplicate",
        ReplayCheck.InFlight => "in_flight",
        ReplayCheck.Altered => "altered",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, "Not a result."),
    };

    public static string Of(PolicyMode mode) => mode switch
    {
        PolicyMode.Enforce => "enforce",
        PolicyMode.Report => "report",
        PolicyMode.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode."),
    };
}
