using System.Security.Cryptography;
using System.Text;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Handshakes;

/// <summary>A request by which a provider tests an endpoint, and the answer to it. The upstream never sees it. Immutable.</summary>
internal sealed record Handshake
{
    private static readonly KeyValuePair<string, string> NoSniff = new("X-Content-Type-Options", "nosniff");

    /// <summary>Null for any.</summary>
    public string? Method { get; init; }

    /// <summary>Values that tell the handshake: they are there, and where a text is given, they are that.</summary>
    public required IReadOnlyList<KeyValuePair<ValueSource, string?>> Match { get; init; }

    /// <summary>Whether it is answered after its signature was verified, or before anything was.</summary>
    public required bool Signed { get; init; }

    /// <summary>Values that have to be those of parameters.</summary>
    public IReadOnlyList<KeyValuePair<ValueSource, string>> Verify { get; init; } = [];

    /// <summary>The form of tokens that a computed answer signs; null where none is given.</summary>
    public TokenPattern? Token { get; init; }

    /// <summary>Whether anybody can have text of the token's form signed with the policy's key.</summary>
    public bool SignsForAnybody => !Signed && Templates.Any(static template => template.IsComputed);

    public int Status { get; init; } = 200;

    /// <summary>Of the body, where there is one.</summary>
    public string? ContentType { get; init; }

    /// <summary>Null without a body.</summary>
    public AnswerTemplate? Body { get; init; }

    public IReadOnlyList<KeyValuePair<string, AnswerTemplate>> Headers { get; init; } = [];

    /// <summary>The status of a refusal, where the provider asks for another than it wants for a bad signature.</summary>
    public int? RefuseStatus { get; init; }

    /// <summary>Every template of the answer.</summary>
    public IEnumerable<AnswerTemplate> Templates => Headers.Select(static header => header.Value).Concat(Body is null ? [] : [Body]);

    /// <summary>Whether the request is this handshake, and what to answer.</summary>
    public HandshakeResult Answer(in RequestView view, VerificationKey key)
    {
        if (!IsMatch(view))
        {
            return default;
        }

        var headers = new List<KeyValuePair<string, string>> { NoSniff };
        if (!IsVerified(view) || !TryFillHeaders(view, key, headers))
        {
            return Refuse();
        }

        if (Body is null)
        {
            return new HandshakeResult(HandshakeOutcome.Answered, new HandshakeAnswer(Status, ContentType: null, default, headers));
        }

        return Body.Fill(view, key) is { } body
            ? new HandshakeResult(HandshakeOutcome.Answered, new HandshakeAnswer(Status, ContentType, body, headers))
            : Refuse();
    }

    private bool IsMatch(in RequestView view)
    {
        if (Method is not null && !string.Equals(Method, view.Request.Method, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var (source, expected) in Match)
        {
            if (source.Read(view, out var text) != VerificationOutcome.Verified || (expected is not null && !text.Span.SequenceEqual(expected)))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsVerified(in RequestView view)
    {
        foreach (var (source, parameter) in Verify)
        {
            var scratch = view.Evidence.Scratch;
            scratch.Clear();
            if (source.Write(view, scratch) != VerificationOutcome.Verified || scratch.Length == 0
                || view.Inputs.Parameter(parameter) is not { Length: > 0 } expected
                || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(scratch.Written), SHA256.HashData(expected)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryFillHeaders(in RequestView view, VerificationKey key, List<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, template) in Headers)
        {
            // A decoded query can hold line breaks, a header cannot.
            if (template.Fill(view, key) is not { } value || Array.Exists(value, static b => b is < (byte)' ' or > (byte)'~'))
            {
                return false;
            }

            headers.Add(new(name, Encoding.ASCII.GetString(value)));
        }

        return true;
    }

    private HandshakeResult Refuse() => new(
        HandshakeOutcome.Failed,
        RefuseStatus is { } status ? new HandshakeAnswer(status, ContentType: null, default, [NoSniff]) : null);
}
