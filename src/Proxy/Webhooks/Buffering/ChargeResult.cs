namespace Proxy.Webhooks.Buffering;

/// <summary>Whether a body may go on. Member 0 is a refusal.</summary>
internal enum ChargeResult
{
    /// <summary>No room, and no slower body to take it from: 503.</summary>
    Overloaded = 0,

    /// <summary>Within every bound.</summary>
    Ok,

    /// <summary>Was the slowest body when room ran out; its bytes are off the ledger: 408.</summary>
    Evicted,

    /// <summary>Its time ran out; its bytes are off the ledger: 408.</summary>
    TimedOut,
}
