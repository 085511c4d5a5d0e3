using System.Security.Cryptography;
using Proxy.Telemetry;
using Proxy.Webhooks;
using WebhookVerification;

namespace Proxy.Commands.Explain;

/// <summary>An explanation for people.</summary>
internal sealed class ExplanationText(TextWriter output)
{
    public void Write(Explanation explanation, bool showsExpected)
    {
        var (attempt, verdict) = (explanation.Attempt, explanation.Verdict);
        Line("verdict", verdict.IsVerified
            ? $"verified with the secret '{verdict.SecretName}'"
            : $"not verified: {MetricLabels.Of(verdict.Outcome.ToReason())}");
        if (!verdict.IsVerified)
        {
            Line("  that is", Meaning(verdict.Outcome));
        }

        Line("provider", $"{attempt.Provider} ({attempt.SchemeText("algorithm")})");
        Line("secrets", string.Join(", ", attempt.Inputs.Secrets.Select(static secret => secret.Name)));
        if (verdict.SignedTime is { } time)
        {
            Line("signed time", $"{time:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        }

        WriteContent(explanation);
        WriteExpected(explanation, showsExpected);
        if (!verdict.IsVerified)
        {
            WriteCauses(explanation.Findings, verdict.Outcome);
        }
    }

    private static string Meaning(VerificationOutcome outcome) => outcome switch
    {
        VerificationOutcome.SignatureMissing => "the signature, or something that is signed along with the body, is not there.",
        VerificationOutcome.SignatureMalformed => "the signature, or something that belongs to it, is not of the provider's form, or stands there twice.",
        VerificationOutcome.TimestampMissing => "the signed time is not there.",
        VerificationOutcome.TimestampMalformed => "the signed time is not of the provider's format.",
        VerificationOutcome.TimestampTooOld => "the signed time lies further back than MaxAge.",
        VerificationOutcome.TimestampInFuture => "the signed time lies further ahead than MaxFutureSkew.",
        _ => "the signature is well formed, but none of the secrets produces it.",
    };

    private void WriteContent(Explanation explanation)
    {
        if (explanation.Trace is not { Outcome: VerificationOutcome.Verified, Content: { IsEmpty: false } content })
        {
            return;
        }

        Line("content", explanation.Attempt.SchemeText("content") ?? "(several alternatives; this is the first)");
        Line("  length", $"{content.Length} bytes");
        Line("  sha256", Convert.ToHexStringLower(SHA256.HashData(content.Span)));
        Line("  first", ByteText.First(content.Span));
        Line("  last", ByteText.Last(content.Span));
    }

    private void WriteExpected(Explanation explanation, bool showsExpected)
    {
        Line("signature in", SignaturePlace.Of(explanation.Attempt));
        if (!showsExpected)
        {
            return;
        }

        foreach (var expected in explanation.Trace?.Expected ?? [])
        {
            Line("expected", expected);
        }
    }

    private void WriteCauses(IReadOnlyList<Finding> findings, VerificationOutcome outcome)
    {
        output.WriteLine();
        foreach (var finding in findings)
        {
            Line("cause", $"{finding.Cause.Name}: {finding.Detail}.");
            Line("  where", finding.Cause.Place.ToString().ToLowerInvariant());
            Line("  do", finding.Cause.Advice);
        }

        if (findings.Count == 0)
        {
            Line("cause", outcome == VerificationOutcome.SignatureMismatch
                ? "none of the usual mistakes: the secret is not the one that signed, or the body is not the one that was signed."
                : "none of the usual mistakes: what the verdict says is all there is to it.");
        }
    }

    private void Line(string name, string value) => output.WriteLine($"{name,-13} {value}");
}
