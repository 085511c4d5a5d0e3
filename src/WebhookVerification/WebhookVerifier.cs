using System.Buffers;
using WebhookVerification.Catalog;
using WebhookVerification.Content;
using WebhookVerification.Handshakes;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;
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
    private readonly PolicyInputs _inputs;
    private readonly TimeWindow _window;
    private readonly BodyTimestampMode _bodyTimestamp;
    private readonly HandshakeResponder _unsigned;
    private readonly HandshakeResponder _signed;
    private readonly TokenPattern[] _signedForAnybody;

    private WebhookVerifier(Scheme scheme, VerificationKey[] keys, PolicyInputs inputs, VerifierOptions options)
    {
        _scheme = scheme;
        _keys = keys;
        _inputs = inputs;
        _window = new TimeWindow(options.MaxAge, options.MaxFutureSkew);
        _bodyTimestamp = scheme.HasBodyTimestamp ? options.BodyTimestamp : BodyTimestampMode.Off;
        _unsigned = new HandshakeResponder(scheme.Handshakes.Where(static handshake => !handshake.Signed), keys[0]);
        _signed = new HandshakeResponder(scheme.Handshakes.Where(static handshake => handshake.Signed), keys[0]);
        _signedForAnybody = [.. scheme.Handshakes.Where(static handshake => handshake.SignsForAnybody).Select(static handshake => handshake.Token!)];
    }

    /// <summary>Decodes the secrets and checks what else a policy gives. Null, and every error in <paramref name="problems"/>, when something is not usable.</summary>
    /// <param name="scheme">How the provider signs.</param>
    /// <param name="options">Secrets, parameters and bounds.</param>
    /// <param name="secretsAt">The node of the secrets, a member for each: where errors in them are reported.</param>
    /// <param name="problems">Takes the errors, without a byte of any secret.</param>
    /// <param name="policyAt">The node whose members 'Parameters' and 'PublicUrl' are: where errors in them are reported. Default: as <paramref name="secretsAt"/>.</param>
    public static WebhookVerifier? Create(
        Scheme scheme, VerifierOptions options, SettingNode secretsAt, ProblemList problems, SettingNode? policyAt = null)
    {
        var factory = new VerifierFactory(scheme, options, problems);
        var keys = factory.CreateKeys(secretsAt);
        var inputs = factory.CreateInputs(policyAt ?? secretsAt);
        return keys is null || inputs is null ? null : new WebhookVerifier(scheme, keys, inputs, options);
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
        evidence.Now = now;
        var view = new RequestView(request, evidence, _inputs);
        var outcome = _scheme.Signature.InBody ? VerificationOutcome.Verified : ReadSignatures(view);
        for (var i = 0; i < _scheme.Requirements.Length && outcome == VerificationOutcome.Verified; i++)
        {
            outcome = _scheme.Requirements[i].Check(view);
        }

        if (outcome == VerificationOutcome.Verified)
        {
            outcome = ContentVariant.Select(_scheme.Variants, view, out var variant);
            outcome = outcome == VerificationOutcome.Verified ? variant.Preflight(view) : outcome;
        }

        if (outcome != VerificationOutcome.Verified || _scheme.Timestamp is not { } timestamp)
        {
            return outcome;
        }

        outcome = timestamp.Read(view, out var time);
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        evidence.SignedTime = time;
        return _window.Judge(time, now);
    }

    /// <summary>Judges the signature over the body. Needs the evidence of a <see cref="Preflight"/> that found nothing wrong.</summary>
    /// <param name="request">The same request.</param>
    /// <param name="evidence">As filled by <see cref="Preflight"/>.</param>
    /// <param name="body">Every byte of the body, as received.</param>
    public VerificationResult Verify(IWebhookRequest request, Evidence evidence, in ReadOnlySequence<byte> body)
    {
        var view = new RequestView(request, evidence, _inputs, body);
        var outcome = _scheme.Each is null ? VerifyMessage(view, out var secret) : VerifyItems(view, out secret);
        if (outcome != VerificationOutcome.Verified)
        {
            return new VerificationResult(outcome);
        }

        if (_scheme.DeliveryId is { } id && id.Read(view, out var text) == VerificationOutcome.Verified)
        {
            evidence.DeliveryId = text;
        }

        var bodyTime = _bodyTimestamp == BodyTimestampMode.Off ? VerificationOutcome.NotVerified : JudgeBodyTime(view);
        return bodyTime != VerificationOutcome.Verified && _bodyTimestamp == BodyTimestampMode.Enforce
            ? new VerificationResult(bodyTime, BodyTime: bodyTime)
            : new VerificationResult(outcome, secret, bodyTime);
    }

    /// <summary>Looks for a handshake that stands before any signature, in the method, query and headers. Before <see cref="Preflight"/>.</summary>
    /// <param name="request">The request; its body is not touched.</param>
    /// <param name="evidence">Cleared.</param>
    public HandshakeResult AnswerUnsigned(IWebhookRequest request, Evidence evidence)
    {
        if (_unsigned.IsEmpty)
        {
            return default;
        }

        evidence.Clear();
        return _unsigned.Answer(new RequestView(request, evidence, _inputs));
    }

    /// <summary>Looks for a handshake in a request that <see cref="Verify"/> found authentic. Afterwards, the evidence of anything but <see cref="HandshakeOutcome.NotAHandshake"/> is used up.</summary>
    /// <param name="request">The same request.</param>
    /// <param name="evidence">As left by <see cref="Verify"/>.</param>
    /// <param name="body">The same body.</param>
    public HandshakeResult AnswerSigned(IWebhookRequest request, Evidence evidence, in ReadOnlySequence<byte> body) =>
        _signed.IsEmpty ? default : _signed.Answer(new RequestView(request, evidence, _inputs, body));

    private VerificationOutcome VerifyMessage(in RequestView view, out int secret)
    {
        secret = -1;
        var outcome = _scheme.Signature.InBody ? ReadSignatures(view) : VerificationOutcome.Verified;
        if (outcome == VerificationOutcome.Verified)
        {
            outcome = ContentVariant.Select(_scheme.Variants, view, out var variant);
            outcome = outcome == VerificationOutcome.Verified ? MatchVariant(view, variant, out secret) : outcome;
        }

        return outcome;
    }

    /// <summary>Every item has to be authentic, and there has to be one: an empty array proves nothing.</summary>
    private VerificationOutcome VerifyItems(in RequestView view, out int secret)
    {
        secret = -1;
        var outcome = JsonItems.Open(view.Body, _scheme.Each!, out var items);
        var any = false;
        while (outcome == VerificationOutcome.Verified && items.MoveNext())
        {
            any = true;
            view.Evidence.Signatures.Clear();
            view.Evidence.Texts.Clear();
            view.Evidence.Content.BeginItem();
            outcome = VerifyMessage(new RequestView(view.Request, view.Evidence, view.Inputs, items.Current), out secret);
        }

        return any || outcome != VerificationOutcome.Verified ? outcome : VerificationOutcome.SignatureMissing;
    }

    private VerificationOutcome ReadSignatures(in RequestView view) => _scheme.Signature.Read(view, _scheme.Algorithm.SignatureLength);

    private VerificationOutcome MatchVariant(in RequestView view, ContentVariant variant, out int secret)
    {
        secret = -1;
        var outcome = variant.Digest?.Check(view) ?? VerificationOutcome.Verified;
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        var content = view.Evidence.Content;
        var start = content.Length;
        foreach (var template in variant.Alternatives)
        {
            content.Restart(start);
            outcome = template.Write(view);
            if (outcome == VerificationOutcome.Verified)
            {
                secret = FindKey(new SignedContent(content, view.Body), view.Evidence.Signatures);
                outcome = secret >= 0 ? VerificationOutcome.Verified : VerificationOutcome.SignatureMismatch;
            }

            if (outcome == VerificationOutcome.Verified)
            {
                break;
            }
        }

        return outcome;
    }

    private int FindKey(in SignedContent content, SignatureSet signatures)
    {
        // A handshake's answer is a valid signature of its token. That signature proves nothing, whoever brings it.
        foreach (var token in _signedForAnybody)
        {
            if (token.Matches(content))
            {
                return -1;
            }
        }

        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i].Matches(content, signatures))
            {
                return i;
            }
        }

        return -1;
    }

    private VerificationOutcome JudgeBodyTime(in RequestView view)
    {
        var outcome = _scheme.BodyTimestamp!.Read(view, out var time);
        if (outcome != VerificationOutcome.Verified)
        {
            return outcome;
        }

        if (_bodyTimestamp == BodyTimestampMode.Enforce)
        {
            view.Evidence.SignedTime ??= time;
        }

        return _window.Judge(time, view.Evidence.Now);
    }
}
