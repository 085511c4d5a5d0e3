using System.Security.Cryptography;
using System.Text.Json;
using Proxy.Commands.Providers;
using Proxy.Telemetry;
using Proxy.Webhooks;
using WebhookVerification;
using WebhookVerification.Signing;

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

        WriteContents(json, explanation);

        json.WriteString("signatureIn", SignaturePlace.Of(explanation.Attempt));
        if (showsExpected)
        {
            json.WriteStartArray("expected");
            foreach (var expected in explanation.Traces.SelectMany(static trace => trace.Expected))
            {
                json.WriteStringValue(expected);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("causes");
        foreach (var finding in explanation.Causes.Findings)
        {
            json.WriteStartObject();
            json.WriteString("cause", finding.Cause.Name);
            json.WriteString("with", finding.With);
            json.WriteString("detail", finding.Detail);
            json.WriteString("where", finding.Cause.Place.ToString().ToLowerInvariant());
            json.WriteString("do", finding.Cause.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("tried", explanation.Causes.Trials);
        json.WriteEndObject();
    });

    /// <summary>One object; an array of several where the body holds several signed items.</summary>
    private static void WriteContents(Utf8JsonWriter json, Explanation explanation)
    {
        if (explanation.Traces is [var only])
        {
            WriteContent(json, "content", only);
            return;
        }

        json.WriteStartArray("contents");
        foreach (var trace in explanation.Traces)
        {
            WriteContent(json, name: null, trace);
        }

        json.WriteEndArray();
    }

    private static void WriteContent(Utf8JsonWriter json, string? name, SignatureTrace trace)
    {
        if (trace is not { Outcome: VerificationOutcome.Verified, Content: { IsEmpty: false } content })
        {
            return;
        }

        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartObject();
        json.WriteNumber("length", content.Length);
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content.Span)));
        json.WriteString("first", ByteText.First(content.Span));
        json.WriteString("last", ByteText.Last(content.Span));
        json.WriteEndObject();
    }
}
