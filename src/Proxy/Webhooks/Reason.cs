namespace Proxy.Webhooks;

/// <summary>Why a request was not simply forwarded; the label <c>reason</c>. None is the empty label.</summary>
internal enum Reason
{
    None = 0,
    TargetMalformed,
    RequestMalformed,
    SourceNotAllowed,
    Overloaded,
    HandshakeFailed,
    SignatureMissing,
    SignatureMalformed,
    SignatureMismatch,
    TimestampMissing,
    TimestampMalformed,
    TimestampTooOld,
    TimestampInFuture,
    BodyTooLarge,
    BodyTimeout,
    BodyIncomplete,
    ClientDisconnected,
    Duplicate,
    DuplicateInFlight,
    DuplicateAltered,
    ReplayStoreUnavailable,
}
