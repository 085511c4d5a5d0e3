namespace Proxy.Management.Status;

/// <summary>Everything that the status page says, and <c>/api/status</c> as JSON. Documented in docs/operations.md.</summary>
internal sealed record StatusReport(
    DateTimeOffset Time,
    DateTimeOffset Started,
    string Version,
    string Revision,
    string Readiness,
    IReadOnlyList<NoticeReport> Notices,
    ConfigurationState? Configuration,
    IReadOnlyList<RouteReport> Routes,
    IReadOnlyList<RefusalReport> Refusals,
    IReadOnlyList<DestinationReport> Destinations,
    BufferReport Buffer,
    ReplayReport Replay);

/// <summary>Something that an operator should know or do.</summary>
/// <param name="Severity">"warning", or "info".</param>
/// <param name="Subject">A route, a destination or a part of the proxy.</param>
/// <param name="Text">One sentence.</param>
internal sealed record NoticeReport(string Severity, string Subject, string Text);

/// <summary>The configuration in force, and the last attempt to replace it.</summary>
internal sealed record ConfigurationState(
    bool Successful,
    DateTimeOffset AppliedAt,
    int Routes,
    int Policies,
    DateTimeOffset? RejectedAt,
    IReadOnlyList<ProblemReport> Errors,
    IReadOnlyList<ProblemReport> Warnings,
    IReadOnlyList<string> RestartNeeded);

/// <summary>An error or warning of the configuration.</summary>
internal sealed record ProblemReport(string Source, string Path, string Message);

/// <summary>One route: what it is, and what became of its requests.</summary>
/// <param name="Id">The route's id.</param>
/// <param name="Policy">Its policy's name.</param>
/// <param name="Provider">Id of the catalogue, "custom" or "none".</param>
/// <param name="Mode">"enforce", "report" or "none".</param>
/// <param name="Verified">Requests verified in each of the last 30 minutes, oldest first; the last minute is not over.</param>
/// <param name="Unverified">Requests forwarded without verification, likewise.</param>
/// <param name="Refused">Requests that failed a check, likewise; in report mode they were let pass.</param>
/// <param name="Reasons">How requests that were not simply forwarded ended in these 30 minutes, most frequent first.</param>
/// <param name="Totals">How requests ended since the process started; only what happened.</param>
/// <param name="Secrets">In configured order.</param>
/// <param name="Clock">Null where no time is signed.</param>
/// <param name="Upstream">Answers since the process started.</param>
internal sealed record RouteReport(
    string Id,
    string Policy,
    string Provider,
    string Mode,
    IReadOnlyList<long> Verified,
    IReadOnlyList<long> Unverified,
    IReadOnlyList<long> Refused,
    IReadOnlyList<OutcomeReport> Reasons,
    IReadOnlyList<OutcomeReport> Totals,
    IReadOnlyList<SecretReport> Secrets,
    ClockReport? Clock,
    UpstreamReport Upstream);

/// <summary>How many requests ended like this.</summary>
internal sealed record OutcomeReport(string Outcome, string Reason, long Count);

/// <summary>A secret by its name; its value is nowhere.</summary>
internal sealed record SecretReport(string Name, long Matches, DateTimeOffset? LastMatch);

/// <summary>The signed times of the last 30 minutes beside their limits, in seconds; null where there was none.</summary>
internal sealed record ClockReport(double MaxAgeSeconds, double MaxFutureSkewSeconds, double? OldestSeconds, double? FurthestAheadSeconds);

/// <summary>Answers of a route's upstream by class; failures are 5xx and calls without an answer in the last 30 minutes.</summary>
internal sealed record UpstreamReport(IReadOnlyDictionary<string, long> Responses, long Retries, long RecentFailures);

/// <summary>A request that was not simply forwarded. Nothing of its headers or body is kept.</summary>
internal sealed record RefusalReport(DateTimeOffset Time, string Route, string Reason, int Status, string? Source, string TraceId);

/// <summary>A destination of a cluster, as YARP sees it: "healthy", "unhealthy" or "unknown", by probes and by traffic.</summary>
internal sealed record DestinationReport(string Cluster, string Destination, string Address, string Active, string Passive, int InFlight);

/// <summary>Bodies in memory.</summary>
internal sealed record BufferReport(long Bytes, long LimitBytes);

/// <summary>The replay store, and what its checks found since the process started, of all routes together.</summary>
internal sealed record ReplayReport(string Store, int Capacity, long LocalKeys, long LocalEvictions, IReadOnlyDictionary<string, long> Checks);
