using System.Buffers;
using WebhookVerification.Settings;
using WebhookVerification.Signing;

namespace Proxy.Commands.Explain;

/// <summary>All there is to say of a captured request.</summary>
/// <param name="Attempt">What was judged.</param>
/// <param name="Verdict">What the proxy says of it.</param>
/// <param name="Trace">What had to be signed; null where the scheme signs item by item or is not complete.</param>
/// <param name="Findings">What explains the verdict; empty for a request that verifies, and where nothing does.</param>
internal sealed record Explanation(Attempt Attempt, Verdict Verdict, SignatureTrace? Trace, IReadOnlyList<Finding> Findings)
{
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
            signer?.Trace(attempt.Request, new ReadOnlySequence<byte>(attempt.Request.Body)),
            verdict.IsVerified ? [] : CauseSearch.Explain(attempt));
    }
}
