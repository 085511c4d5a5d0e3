using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Proxy.Commands.Requests;
using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using WebhookVerification.Signing;

namespace Proxy.Commands.Explain;

/// <summary>Everything that a verdict depends on, so that each part of it can be another one. Immutable, but not for concurrent use.</summary>
internal sealed record Attempt
{
    private (SettingNode? Of, Scheme? Result) _compiled;

    /// <summary>The catalogue's id, or "custom".</summary>
    public required string Provider { get; init; }

    /// <summary>How the provider signs, as JSON: a variation is laid over it.</summary>
    public required SettingNode Scheme { get; init; }

    public required SigningInputs Inputs { get; init; }

    /// <summary>Secrets of the configuration's other policies, named "policy/secret".</summary>
    public IReadOnlyList<NamedSecret> OtherSecrets { get; init; } = [];

    public string? PublicUrl { get; init; }

    public required CapturedRequest Request { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required TimeSpan MaxAge { get; init; }

    public TimeSpan MaxFutureSkew { get; init; } = VerifierOptions.DefaultMaxFutureSkew;

    public BodyTimestampMode BodyTimestamp { get; init; }

    /// <summary>Other providers that it can be of.</summary>
    public ProviderCatalog Catalog { get; init; } = ProviderCatalog.BuiltIn;

    /// <summary>The same with no time too old and none too early.</summary>
    public Attempt AtAnyTime() =>
        this with { MaxAge = TimeSpan.MaxValue, MaxFutureSkew = TimeSpan.MaxValue, BodyTimestamp = BodyTimestampMode.Off };

    /// <summary>The same, judged at the times of <paramref name="other"/>.</summary>
    public Attempt WithTimesOf(Attempt other) =>
        this with { MaxAge = other.MaxAge, MaxFutureSkew = other.MaxFutureSkew, BodyTimestamp = other.BodyTimestamp };

    /// <summary>The same with other members of the scheme; null takes one away.</summary>
    public Attempt WithScheme(JsonObject over) => this with
    {
        Scheme = Scheme.Merge(
            SettingNode.Parse("variation", Encoding.UTF8.GetBytes(over.ToJsonString()), baseDirectory: null, new ProblemList())!),
    };

    public Attempt WithBody(ReadOnlyMemory<byte> body) => this with { Request = Request with { Body = body } };

    public Attempt WithSecrets(IEnumerable<NamedSecret> secrets) => this with { Inputs = Inputs with { Secrets = [.. secrets] } };

    /// <summary>A text of the scheme; null where it has none there.</summary>
    public string? SchemeText(params ReadOnlySpan<string> path)
    {
        var node = Scheme;
        foreach (var name in path)
        {
            node = node?.Members.GetValueOrDefault(name);
        }

        return node?.Text;
    }

    /// <summary>The scheme compiled; null when it, as varied, is none.</summary>
    public Scheme? Compile()
    {
        // A copy with another scheme brings this field along.
        if (!ReferenceEquals(_compiled.Of, Scheme))
        {
            _compiled = (Scheme, WebhookVerification.Catalog.Scheme.Parse(Scheme, new ProblemList()));
        }

        return _compiled.Result;
    }

    /// <summary>Null when the inputs, as varied, are not usable; then why in <paramref name="problems"/>.</summary>
    public WebhookSigner? CreateSigner(ProblemList problems) =>
        Compile() is { } scheme ? WebhookSigner.Create(scheme, Options, SigningInputs.CommandLine, problems) : null;

    /// <summary>Whether nothing speaks against it: that it verifies, or its headers pass where no more was captured.</summary>
    public bool Passes() => Request.IsHeadOnly ? JudgeHead() == VerificationOutcome.Verified : Judge().IsVerified;

    /// <summary>What the proxy would say. "Not verified" when the attempt, as varied, makes no verifier.</summary>
    public Verdict Judge() => Judge(new ProblemList());

    /// <param name="problems">Takes what makes it no verifier.</param>
    public Verdict Judge(ProblemList problems)
    {
        if (Compile() is not { } scheme || WebhookVerifier.Create(scheme, Options, SigningInputs.CommandLine, problems) is not { } verifier)
        {
            return default;
        }

        var evidence = new Evidence();
        var preflight = verifier.Preflight(Request, evidence, Now);
        if (preflight != VerificationOutcome.Verified)
        {
            return new Verdict(preflight, SecretName: null, evidence.SignedTime);
        }

        var result = verifier.Verify(Request, evidence, new ReadOnlySequence<byte>(Request.Body));
        return new Verdict(result.Outcome, result.IsVerified ? Inputs.Secrets[result.SecretIndex].Name : null, evidence.SignedTime);
    }

    private VerificationOutcome JudgeHead() =>
        Compile() is { } scheme && WebhookVerifier.Create(scheme, Options, SigningInputs.CommandLine, new ProblemList()) is { } verifier
            ? verifier.Preflight(Request, new Evidence(), Now)
            : VerificationOutcome.NotVerified;

    private VerifierOptions Options => Inputs.ToOptions(PublicUrl) with
    {
        MaxAge = MaxAge,
        MaxFutureSkew = MaxFutureSkew,
        BodyTimestamp = BodyTimestamp,
    };
}
