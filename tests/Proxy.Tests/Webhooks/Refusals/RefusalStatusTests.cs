using Proxy.Webhooks;
using Proxy.Webhooks.Refusals;
using WebhookVerification;

namespace Proxy.Tests.Webhooks.Refusals;

public class RefusalStatusTests
{
    // CONTRACT: request handling, the table of steps.
    private static readonly Dictionary<Reason, (int Status, RequestOutcome Outcome)> Contract = new()
    {
        [Reason.TargetMalformed] = (400, RequestOutcome.Rejected),
        [Reason.RequestMalformed] = (400, RequestOutcome.Rejected),
        [Reason.SourceNotAllowed] = (403, RequestOutcome.Rejected),
        [Reason.Overloaded] = (503, RequestOutcome.Refused),
        [Reason.HandshakeFailed] = (401, RequestOutcome.Rejected),
        [Reason.SignatureMissing] = (401, RequestOutcome.Rejected),
        [Reason.SignatureMalformed] = (401, RequestOutcome.Rejected),
        [Reason.SignatureMismatch] = (401, RequestOutcome.Rejected),
        [Reason.TimestampMissing] = (401, RequestOutcome.Rejected),
        [Reason.TimestampMalformed] = (401, RequestOutcome.Rejected),
        [Reason.TimestampTooOld] = (401, RequestOutcome.Rejected),
        [Reason.TimestampInFuture] = (401, RequestOutcome.Rejected),
        [Reason.BodyTooLarge] = (413, RequestOutcome.Refused),
        [Reason.BodyTimeout] = (408, RequestOutcome.Refused),
        [Reason.BodyIncomplete] = (400, RequestOutcome.Refused),
        [Reason.ClientDisconnected] = (400, RequestOutcome.Refused),
        [Reason.Duplicate] = (409, RequestOutcome.Duplicate),
        [Reason.DuplicateInFlight] = (409, RequestOutcome.Duplicate),
        [Reason.DuplicateAltered] = (409, RequestOutcome.Duplicate),
        [Reason.ReplayStoreUnavailable] = (503, RequestOutcome.Refused),
    };

    [Fact]
    public void EveryReason_HasTheContractsStatusAndOutcome()
    {
        foreach (var reason in Enum.GetValues<Reason>().Where(static reason => reason != Reason.None))
        {
            Assert.Equal(Contract[reason], (RefusalStatus.Of(reason, rejectStatus: 401), RefusalStatus.OutcomeOf(reason)));
        }
    }

    [Fact]
    public void EveryVerificationOutcomeButVerified_HasAReason()
    {
        foreach (var outcome in Enum.GetValues<VerificationOutcome>())
        {
            Assert.Equal(outcome == VerificationOutcome.Verified, outcome.ToReason() == Reason.None);
            if (outcome is not (VerificationOutcome.Verified or VerificationOutcome.NotVerified))
            {
                Assert.Equal(outcome.ToString(), outcome.ToReason().ToString());
            }
        }
    }
}
