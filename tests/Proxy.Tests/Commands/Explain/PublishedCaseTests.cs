using Proxy.Commands.Explain;
using WebhookVerification;

namespace Proxy.Tests.Commands.Explain;

/// <summary>What was published as invalid is explained with the reason that it was published for.</summary>
public sealed class PublishedCaseTests
{
    /// <summary>Published names say the reason; wrong secrets and altered bodies are none that can be undone.</summary>
    private static readonly (string Word, string Cause)[] Reasons =
    [
        ("too old", "clock"),
        ("older than", "clock"),
        ("outside tolerance", "clock"),
        ("future", "clock"),
        ("re-serialised", "json-reserialised"),
        ("CRLF stripped", "final-newline"),
        ("host case", "url"),
    ];

    /// <summary>Reasons that no change of the request undoes: the verdict says them.</summary>
    private static readonly (string Word, VerificationOutcome[] Verdicts)[] Final =
    [
        ("wrong secret", [VerificationOutcome.SignatureMismatch]),
        ("wrong key", [VerificationOutcome.SignatureMismatch]),
        ("wrong token", [VerificationOutcome.SignatureMismatch]),
        ("wrong signature", [VerificationOutcome.SignatureMismatch]),
        ("none correct", [VerificationOutcome.SignatureMismatch]),
        ("tampered", [VerificationOutcome.SignatureMismatch]),
        ("body modified", [VerificationOutcome.SignatureMismatch]),
        ("header altered", [VerificationOutcome.SignatureMismatch]),
        ("without bodySHA256", [VerificationOutcome.SignatureMalformed]),
        ("invalid signature", [VerificationOutcome.SignatureMismatch, VerificationOutcome.SignatureMalformed]),
        ("empty signature", [VerificationOutcome.SignatureMissing, VerificationOutcome.SignatureMalformed]),
        ("unknown", [VerificationOutcome.SignatureMissing, VerificationOutcome.SignatureMalformed]),
        ("malformed header", [VerificationOutcome.SignatureMissing, VerificationOutcome.SignatureMalformed, VerificationOutcome.TimestampMissing]),
        ("must not be parsed", [VerificationOutcome.SignatureMalformed]),
    ];

    /// <summary>So that a case that is added with another reason is not passed over.</summary>
    [Fact]
    public void EveryReasonThatIsGiven_IsACauseOrAVerdict()
    {
        var wrong = new List<string>();
        foreach (var published in PublishedCase.All().Where(static published => published.Name.Contains(": ", StringComparison.Ordinal) && Expected(published).Length == 0))
        {
            var verdicts = Final.Where(reason => published.Name.Contains(reason.Word, StringComparison.Ordinal)).SelectMany(static reason => reason.Verdicts).ToList();
            var outcome = published.Attempt.Judge().Outcome;
            if (!verdicts.Contains(outcome))
            {
                wrong.Add($"{published.Name}: expected [{string.Join(", ", verdicts)}], was {outcome}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void EveryInvalidCase_IsExplainedWithTheReasonThatItHas()
    {
        var cases = PublishedCase.All().ToList();
        Assert.NotEmpty(cases);
        var wrong = cases.Select(static published => (published, Expected: Expected(published), Found: Found(published)))
            .Where(static explained => !explained.Expected.SequenceEqual(explained.Found))
            .Select(static explained => $"{explained.published.Name}: expected [{string.Join(", ", explained.Expected)}], was [{string.Join(", ", explained.Found)}]")
            .ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static string[] Expected(PublishedCase published) =>
        [.. Reasons.Where(reason => published.Name.Contains(reason.Word, StringComparison.Ordinal)).Select(static reason => reason.Cause).Distinct()];

    private static string[] Found(PublishedCase published)
    {
        Assert.False(published.Attempt.Judge().IsVerified, published.Name);

        // Pairs of mistakes have tests of their own; no published case has one, and trying them all takes its time.
        var budget = new TrialBudget(CauseSearch.MostTrials, long.MaxValue);
        return [.. CauseSearch.FindAlone(published.Attempt, budget).Select(static finding => finding.Cause.Name)];
    }
}
