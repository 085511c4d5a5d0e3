using System.Buffers;
using WebhookVerification.Catalog;
using WebhookVerification.Content;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;
using WebhookVerification.Time;

namespace WebhookVerification.Signing;

/// <summary>
/// Signs as a provider does, and tells what the signature of a captured request should have been: for tests and diagnosis. Made
/// from the same scheme and options as a <see cref="WebhookVerifier"/>, of which it is the inverse. Safe for concurrent use.
/// </summary>
public sealed class WebhookSigner
{
    private readonly Scheme _scheme;
    private readonly VerificationKey[] _keys;
    private readonly PolicyInputs _inputs;
    private readonly WebhookVerifier _verifier;

    private WebhookSigner(Scheme scheme, VerificationKey[] keys, PolicyInputs inputs, WebhookVerifier verifier) =>
        (_scheme, _keys, _inputs, _verifier) = (scheme, keys, inputs, verifier);

    /// <summary>As <see cref="WebhookVerifier.Create"/>: null, and every error in <paramref name="problems"/>, when something is not usable.</summary>
    public static WebhookSigner? Create(
        Scheme scheme, VerifierOptions options, SettingNode secretsAt, ProblemList problems, SettingNode? policyAt = null)
    {
        // Whatever time is signed: whether it is believed is for the other side to say.
        var anyTime = options with { MaxAge = TimeSpan.MaxValue, MaxFutureSkew = TimeSpan.MaxValue, BodyTimestamp = BodyTimestampMode.Off };
        var verifier = WebhookVerifier.Create(scheme, anyTime, secretsAt, problems, policyAt);
        var factory = new VerifierFactory(scheme, options, new ProblemList());
        return verifier is not null && factory.CreateKeys(secretsAt) is { } keys && factory.CreateInputs(policyAt ?? secretsAt) is { } inputs
            ? new WebhookSigner(scheme, keys, inputs, verifier)
            : null;
    }

    /// <summary>Signs with every secret. Null, and why in <paramref name="obstacle"/>, when the scheme or the request does not let it.</summary>
    /// <param name="webhook">What is to be sent.</param>
    /// <param name="obstacle">Empty on success.</param>
    public SignedWebhook? Sign(UnsignedWebhook webhook, out string obstacle)
    {
        var draft = new DraftRequest(webhook);
        obstacle = Obstacle();
        if (obstacle.Length > 0)
        {
            return null;
        }

        var timestamp = AddSignedValues(draft, webhook);
        var trace = Trace(draft, new ReadOnlySequence<byte>(webhook.Body), timestamp);
        if (trace.Expected.Count == 0 || !SignatureWriter.TryWrite(_scheme.Signature, trace.Expected, timestamp, draft)
            || Judge(draft, webhook) is not VerificationOutcome.Verified)
        {
            obstacle = trace.Outcome == VerificationOutcome.Verified
                ? "the provider would not send such a request: its own check refuses it"
                : "the request lacks something that is signed, such as a value in the query, or the body is not of the kind that the provider sends";
            return null;
        }

        return draft.ToSigned();
    }

    /// <summary>
    /// Puts the signed content of a captured request together as the verifier does, and signs it. One trace; of a scheme that signs
    /// items of the body one by one, a trace for each, and none where the body has no such items.
    /// </summary>
    public IReadOnlyList<SignatureTrace> Traces(IWebhookRequest request, in ReadOnlySequence<byte> body)
    {
        if (_scheme.Each is not { } each)
        {
            return [Trace(request, body, timestamp: null)];
        }

        var traces = new List<SignatureTrace>();
        if (JsonItems.Open(body, each, out var items) == VerificationOutcome.Verified)
        {
            while (items.MoveNext())
            {
                traces.Add(Trace(request, items.Current, timestamp: null));
            }
        }

        return traces;
    }

    private SignatureTrace Trace(IWebhookRequest request, in ReadOnlySequence<byte> body, string? timestamp)
    {
        var evidence = new Evidence();
        var view = new RequestView(request, evidence, _inputs, body);
        if (timestamp is null)
        {
            _ = _scheme.Signature.Read(view, length: null);
            _ = _scheme.Timestamp?.Read(view, out _);
        }
        else
        {
            evidence.TimestampText = timestamp.AsMemory();
        }

        evidence.Content.Clear();
        var outcome = Variant(view).Alternatives[0].Write(view);
        var content = new SignedContent(evidence.Content, body);
        var bytes = new byte[content.Length];
        content.CopyTo(bytes);
        return outcome == VerificationOutcome.Verified
            ? new SignatureTrace(outcome, bytes, Expected(bytes))
            : new SignatureTrace(outcome, default, []);
    }

    private string Obstacle() =>
        _scheme.Signature.InBody ? "the provider puts its signature into the body, which is not changed here"
        : _keys.Length > SignatureWriter.Room(_scheme.Signature) ? "a request of this provider has no room for so many signatures"
        : Expected([]).Count == 0 ? $"{_scheme.AlgorithmName} is signed with the provider's private key; the secret is only the public one"
        : "";

    /// <summary>Adds what is signed and is not there yet. Returns the signed time's text; null where none is signed.</summary>
    private string? AddSignedValues(DraftRequest draft, UnsignedWebhook webhook)
    {
        foreach (var required in _scheme.Requirements)
        {
            SignatureWriter.TryPlace(required.Source, required.Legal[0], draft);
        }

        var timestamp = _scheme.Timestamp is { } field ? TimestampFormatter.Format(webhook.Time, field.Format) : null;
        if (timestamp is not null && _scheme.Timestamp!.Sources is [var place, ..])
        {
            SignatureWriter.TryPlace(place, timestamp, draft);
        }

        var variant = Variant(new RequestView(draft, new Evidence(), _inputs));
        foreach (var header in variant.Alternatives[0].Parts.OfType<HeaderSource>().Where(header => !draft.HasHeader(header.Name)))
        {
            draft.AddHeader(header.Name, webhook.Id);
        }

        return timestamp;
    }

    private ContentVariant Variant(RequestView view)
    {
        foreach (var variant in _scheme.Variants)
        {
            if (variant.When is null || variant.When.Preflight(view) == VerificationOutcome.Verified)
            {
                return variant;
            }
        }

        return _scheme.Variants[^1];
    }

    private List<string> Expected(byte[] content)
    {
        var signatures = new List<string>();
        var signature = new byte[HeaderField.MaxLength];
        foreach (var key in _keys)
        {
            if (key.TrySign(content, signature, out var length))
            {
                signatures.Add(SignatureEncoder.Encode(_scheme.Signature.Encoding, signature.AsSpan(0, length)));
            }
        }

        return signatures;
    }

    private VerificationOutcome Judge(DraftRequest draft, UnsignedWebhook webhook)
    {
        var evidence = new Evidence();
        var outcome = _verifier.Preflight(draft, evidence, webhook.Time);
        return outcome == VerificationOutcome.Verified
            ? _verifier.Verify(draft, evidence, new ReadOnlySequence<byte>(webhook.Body)).Outcome
            : outcome;
    }
}
