namespace Proxy.Webhooks.Refusals;

/// <summary>The one place where reasons become statuses and outcomes.</summary>
internal static class RefusalStatus
{
    /// <summary>The answer to a request that ended for <paramref name="reason"/>.</summary>
    /// <param name="reason">Why it ended.</param>
    /// <param name="rejectStatus">The policy's status for what is not authentic.</param>
    public static int Of(Reason reason, int rejectStatus) => reason switch
    {
        Reason.TargetMalformed or Reason.RequestMalformed or Reason.BodyIncomplete or Reason.ClientDisconnected
            => StatusCodes.Status400BadRequest,
        Reason.SourceNotAllowed => StatusCodes.Status403Forbidden,
        Reason.Overloaded or Reason.ReplayStoreUnavailable => StatusCodes.Status503ServiceUnavailable,
        Reason.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        Reason.BodyTimeout => StatusCodes.Status408RequestTimeout,
        Reason.Duplicate or Reason.DuplicateInFlight or Reason.DuplicateAltered => StatusCodes.Status409Conflict,
        _ => rejectStatus,
    };

    /// <summary>The outcome that a refusal for <paramref name="reason"/> counts as.</summary>
    public static RequestOutcome OutcomeOf(Reason reason) => reason switch
    {
        Reason.Overloaded or Reason.BodyTooLarge or Reason.BodyTimeout or Reason.BodyIncomplete or Reason.ClientDisconnected
            or Reason.ReplayStoreUnavailable => RequestOutcome.Refused,
        Reason.Duplicate or Reason.DuplicateInFlight or Reason.DuplicateAltered => RequestOutcome.Duplicate,
        _ => RequestOutcome.Rejected,
    };

    /// <summary>Whether the sender should come back soon.</summary>
    public static bool SuggestsRetry(Reason reason) =>
        reason is Reason.Overloaded or Reason.ReplayStoreUnavailable or Reason.DuplicateInFlight;
}
