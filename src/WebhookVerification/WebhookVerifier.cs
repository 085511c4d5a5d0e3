using System.Buffers;
using WebhookVerification.Catalog;
using WebhookVerification.Content;
using WebhookVerification.Replay;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Time;

namespace WebhookVerification;

/// <summary>
/// Verifies the requests of one provider with one set of secrets: <see cref="Preflight"/> on the headers alone, so that a
/// host can refuse before it reads a body, then <see cref="Verify"/> over the body. Neither throws, whatever the request
/// holds, and neither allocates. Safe for concurrent use, each request with an <see cref="Evidence"/> of its own.
/// </summary>
public sealed class WebhookVerifier
{
    private readonly Scheme _scheme;
    private readonly VerificationKey[] _keys;
    private readonly TimeWindow _window;
    private readonly int? _signatureLength;

    private WebhookVerifier(Scheme scheme, VerificationKey[] keys, TimeWindow window)
    {
        _scheme = scheme;
        _keys = keys;
        _window = window;
        _signatureLength = scheme.Algorithm.SignatureLength();
    }

    /// <summary>Whether a time is part of the signed content outside the body.</summary>
    public bool SignsTime => _scheme.SignsTime;

    /// <summary>Whether the body is part of the signed content; false for tokens and Basic.</summary>
    public bool SignsBody => _scheme.SignsBody;

    /// <summary>Whether a delivery id is part of the signed content.</summary>
    public bool SignsDeliveryId => _scheme.SignsDeliveryId;

    /// <summary>Decodes the secrets. Null, and every error in <paramref name="problems"/>, when one of them is not usable.</summary>
    /// <param name="scheme">How the provider signs.</param>
    /// <param name="options">Secrets and bounds.</param>
    /// <param name="secretsAt">The node of the secrets, a member for each: where errors are reported.</param>
    /// <param name="problems">Takes the errors, without a byte of any secret.</param>
    public static WebhookVerifier? Create(Scheme scheme, VerifierOptions options, SettingNode secretsAt, ProblemList problems)
    {
        var keys = new List<VerificationKey>();
        foreach (var secret in options.Secrets)
        {
            if (scheme.Secret.TryDecode(secret.Value.Span, out var key))
            {
                keys.Add(scheme.Algorithm.CreateKey(key));
            }
            else
            {
                problems.Error(secretsAt.Members.GetValueOrDefault(secret.Name) ?? secretsAt, $"The secret is not usable; expected {scheme.Secret.Description}.");
            }
        }

        return keys.Count > 0 && keys.Count == options.Secrets.Count
            ? new WebhookVerifier(scheme, [.. keys], new TimeWindow(options.MaxAge, options.MaxFutureSkew))
            : null;
    }

    /// <summary>
    /// Judges what headers alone can tell: signatures there and well formed, signed time there, well formed and within its
    /// window. <see cref="VerificationOutcome.Verified"/> means "nothing speaks against it so far".
    /// </summary>
    /// <param name="request">The request; its body is not touched.</param>
    /// <param name="evidence">Cleared, then filled for <see cref="Verify"/>.</param>
    /// <param name="now">The verifier's clock.</param>
    public VerificationOutcome Preflight(IWebhookRequest request, Evidence evidence, DateTimeOffset now)
    {
        evidence.Clear();
        var outcome = _scheme.Signature.Read(request, _signatureLength, evidence);
        if (outcome == VerificationOutcome.Verified)
        {
            outcome = _scheme.Content.Preflight(request);
        }

        if (outcome != VerificationOutcome.Verified || _scheme.Timestamp is not { } timestamp)
        {
            return outcome;
        }

        outcome = timestamp.Read(request, evidence);
        return outcome == VerificationOutcome.Verified ? _window.Judge(evidence.SignedTime.GetValueOrDefault(), now) : outcome;
    }

    /// <summary>Judges the signature over the body. Needs the evidence of a <see cref="Preflight"/> that found nothing wrong.</summary>
    /// <param name="request">The same request.</param>
    /// <param name="evidence">As filled by <see cref="Preflight"/>.</param>
    /// <param name="body">Every byte of the body, as received.</param>
    public VerificationResult Verify(IWebhookRequest request, Evidence evidence, in ReadOnlySequence<byte> body)
    {
        var outcome = _scheme.Content.Write(new ContentContext(request, evidence, body));
        if (outcome != VerificationOutcome.Verified)
        {
            return new VerificationResult(outcome);
        }

        var content = new SignedContent(evidence.Content, body);
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i].Matches(content, evidence.Signatures))
            {
                return new VerificationResult(VerificationOutcome.Verified, i);
            }
        }

        return new VerificationResult(VerificationOutcome.SignatureMismatch);
    }

    /// <summary>The key that names the signed delivery id of a verified request; null where the scheme signs none.</summary>
    public ReplayKey? DeliveryKey(ReplayScope scope, IWebhookRequest request) =>
        _scheme.DeliveryIdHeader is { } header && request.GetHeader(header, out var id) == 1 ? scope.DeliveryKey(id!) : null;
}
