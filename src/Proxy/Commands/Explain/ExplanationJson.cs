using System.Security.Cryptography;
using Proxy.Commands.Providers;
using Proxy.Telemetry;
using Proxy.Webhooks;
using WebhookVerification;

namespace Proxy.Commands.Explain;

/// <summary>An explanation for programs.</summary>
internal static class ExplanationJson
{
    public static void Write(TextWriter output, Explanation explanation, bool showsExpected) => EntryJson.Write(output, json =>
    {
        var verdict = explanation.Verdict;
        json.WriteStartObject();
        json.WriteBoolean("verified", verdict.IsVerified);
        json.WriteString("reason", MetricLabels.Of(verdict.Outcome.ToReason()));
        json.WriteString("provider", explanation.Attempt.Provider);
        json.WriteString("secret", verdict.SecretName);
        if (verdict.SignedTime is { } time)
        {
            json.WriteString("signedTime", time);
        }

        if (explanation.Trace is { Outcome: VerificationOutcome.Verified, Content: { IsEmpty: false } content })
        {
            json.WriteStartObject("content");
            json.WriteNumber("length", content.Length);
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content.Span)));
            json.WriteString("first", ByteText.First(content.Span));
            json.WriteString("last", ByteText.Last(content.Span));
            json.WriteEndObject();
        }

        json.WriteString("signatureIn", SignaturePlace.Of(explanation.Attempt));
        if (showsExpected)
        {
            json.WriteStartArray("expected");
            foreach (var expected in explanation.Trace?.Expected ?? [])
            {
                json.WriteStringValue(expected);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("causes");
        foreach (var finding in explanation.Findings)
        {
            json.WriteStartObject();
            json.WriteString("cause", finding.Cause.Name);
            json.WriteString("detail", finding.Detail);
            json.WriteString("where", finding.Cause.Place.ToString().ToLowerInvariant());
            json.WriteString("do", finding.Cause.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
