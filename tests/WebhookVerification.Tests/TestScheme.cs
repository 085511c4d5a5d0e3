using System.Buffers;
using System.Text;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests;

/// <summary>The public way through the library: scheme in JSON, verifier, preflight, verify.</summary>
internal static class TestScheme
{
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    public const string HexInHeader = """
        { "algorithm": "hmac-sha256", "signature": { "in": "header:X-Sig", "encoding": "hex" }, "content": "{body}" }
        """;

    /// <summary>Where errors of a policy without a file are reported.</summary>
    public static readonly SettingNode Empty = Node("{}", new ProblemList());

    public static Scheme Parse(string json)
    {
        var problems = new ProblemList();
        var scheme = Scheme.Parse(Node(json, problems), problems);
        Assert.Empty(problems.Errors);
        return scheme!;
    }

    public static IReadOnlyList<Problem> ErrorsOf(string json)
    {
        var problems = new ProblemList();
        Assert.Null(Scheme.Parse(Node(json, problems), problems));
        return problems.Errors;
    }

    public static WebhookVerifier Verifier(string json, params string[] secrets) => Verifier(json, Options(secrets));

    public static WebhookVerifier Verifier(string json, VerifierOptions options)
    {
        var problems = new ProblemList();
        var verifier = WebhookVerifier.Create(Parse(json), options, Node("{}", problems), problems);
        Assert.Empty(problems.Errors);
        return verifier!;
    }

    public static IReadOnlyList<Problem> SecretErrors(string json, params string[] secrets) => CreateErrors(json, Options(secrets));

    public static IReadOnlyList<Problem> CreateErrors(string json, VerifierOptions options)
    {
        var problems = new ProblemList();
        Assert.Null(WebhookVerifier.Create(Parse(json), options, Node("{}", problems), problems));
        return problems.Errors;
    }

    public static VerifierOptions Options(params string[] secrets) => new()
    {
        Secrets = [.. secrets.Select((value, index) => new Secret($"s{index}", Encoding.UTF8.GetBytes(value)))],
    };

    public static VerificationResult Judge(this WebhookVerifier verifier, TestRequest request, string body = "") =>
        verifier.Judge(request, Encoding.UTF8.GetBytes(body));

    public static VerificationResult Judge(
        this WebhookVerifier verifier, TestRequest request, ReadOnlyMemory<byte> body, DateTimeOffset? now = null) =>
        verifier.Judge(request, new ReadOnlySequence<byte>(body), new Evidence(), now);

    public static VerificationResult Judge(
        this WebhookVerifier verifier, TestRequest request, ReadOnlySequence<byte> body, Evidence evidence, DateTimeOffset? now = null)
    {
        var preflight = verifier.Preflight(request, evidence, now ?? Now);
        return preflight == VerificationOutcome.Verified ? verifier.Verify(request, evidence, body) : new VerificationResult(preflight);
    }

    private static SettingNode Node(string json, ProblemList problems) =>
        SettingNode.Parse("scheme.json", Encoding.UTF8.GetBytes(json), baseDirectory: null, problems)!;
}
