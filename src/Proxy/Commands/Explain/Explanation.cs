using System.Buffers;
using WebhookVerification;
using WebhookVerification.Settings;
using WebhookVerification.Signing;

namespace Proxy.Commands.Explain;

/// <summary>All there is to say of a captured request.</summary>
/// <param name="Attempt">What was judged.</param>
/// <param name="Verdict">What the proxy says of it.</param>
/// <param name="Traces">What had to be signed, where that could be put together: one content, or one for each item that is signed by itself.</param>
/// <param name="Causes">What explains the verdict; nothing for a request that verifies.</param>
internal sealed record Explanation(Attempt Attempt, Verdict Verdict, IReadOnlyList<SignatureTrace> Traces, CauseReport Causes)
{
    /// <summary>Whether the signature is none of the secrets', whatever is to be said of the time.</summary>
    public bool IsMismatch => Attempt.AtAnyTime().Judge().Outcome == VerificationOutcome.SignatureMismatch;

    /// <exception cref="UsageException">The secrets, parameters or the URL are of no use to the scheme.</exception>
    public static Explanation Of(Attempt attempt)
    {
        var problems = new ProblemList();
        var signer = attempt.CreateSigner(problems);
        if (problems.Errors.Count > 0)
        {
            throw new UsageException(string.Join(Environment.NewLine, problems.Errors.Select(static error => error.Message)));
        }

        var verdict = attempt.Judge();
        return new Explanation(
            attempt,
            verdict,
            signer?.Traces(attempt.Request, new ReadOnlySequence<byte>(attempt.Request.Body)) ?? [],
            verdict.IsVerified ? CauseReport.Nothing : CauseSearch.Explain(attempt));
    }
}
