using System.Security.Cryptography;
using Proxy.Telemetry;
using Proxy.Webhooks;
using WebhookVerification;

namespace Proxy.Commands.Explain;

/// <summary>An explanation for people.</summary>
internal sealed class ExplanationText(TextWriter output)
{
    /// <summary>Of a body that holds many signed items, so many are shown.</summary>
    private const int MostItems = 10;

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

        if (attempt.Request.IsHeadOnly)
        {
            Line("body", "not in the capture, though its headers announce one: only they are judged");
        }

        WriteContents(explanation);
        WriteExpected(explanation, showsExpected);
        if (!verdict.IsVerified)
        {
            WriteCauses(explanation);
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

    private void WriteContents(Explanation explanation)
    {
        if (explanation.Attempt.Request.IsHeadOnly)
        {
            return;
        }

        var traces = explanation.Traces;
        foreach (var (index, trace) in traces.Take(MostItems).Index())
        {
            if (trace is { Outcome: VerificationOutcome.Verified, Content: { IsEmpty: false } content })
            {
                Line(
                    traces.Count == 1 ? "content" : $"content {index + 1}/{traces.Count}",
                    explanation.Attempt.SchemeText("content") ?? "(several alternatives; this is the first)");
                WriteContent(content);
            }
        }

        if (traces.Count > MostItems)
        {
            Line("contents", $"and {traces.Count - MostItems} more");
        }
    }

    private void WriteContent(ReadOnlyMemory<byte> content)
    {
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

        foreach (var expected in explanation.Traces.Take(MostItems).SelectMany(static trace => trace.Expected))
        {
            Line("expected", expected);
        }
    }

    private void WriteCauses(Explanation explanation)
    {
        output.WriteLine();
        var (findings, trials) = explanation.Causes;
        foreach (var finding in findings)
        {
            Line("cause", $"{finding.Cause.Name}{(finding.With is { } other ? $", together with {other}" : "")}: {finding.Detail}.");
            Line("  where", finding.Cause.Place.ToString().ToLowerInvariant());
            Line("  do", finding.Cause.Advice);
        }

        if (findings.Count == 0)
        {
            Line("cause", $"none of the usual mistakes, alone or in pairs ({trials} tried): " + (explanation.IsMismatch
                ? "the secret is not the one that signed, or the body is not the one that was signed."
                : "what the verdict says is all there is to it."));
        }
    }

    private void Line(string name, string value) => output.WriteLine($"{name,-13} {value}");
}
