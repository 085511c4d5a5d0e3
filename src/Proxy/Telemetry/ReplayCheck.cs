namespace Proxy.Telemetry;

/// <summary>What a replay check found; the label <c>result</c>.</summary>
internal enum ReplayCheck
{
    /// <summary>The store could not be asked.</summary>
    Unavailable = 0,

    /// <summary>Never seen, and claimed now.</summary>
    New,

    /// <summary>Processed before.</summary>
    Duplicate,

    /// <summary>Being processed by another request.</summary>
    InFlight,

    /// <summary>Processed before, but with other unsigned parts that the upstream dispatches on.</summary>
    Altered,
}
