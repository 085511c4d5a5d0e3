using System.Buffers;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests.Properties;

/// <summary>A request as it goes over the wire, and the policy that judges it.</summary>
internal sealed record SignedMessage
{
    public required string Method { get; init; }

    public required string Target { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public required byte[] Body { get; init; }

    public required VerifierOptions Options { get; init; }

    /// <summary>When it is judged.</summary>
    public DateTimeOffset Now { get; init; } = TestScheme.Now;

    /// <summary>What a verifier of that policy says of that request.</summary>
    public VerificationOutcome Judge(Scheme scheme)
    {
        var problems = new ProblemList();
        var verifier = WebhookVerifier.Create(scheme, Options, TestScheme.Empty, problems);
        Assert.Empty(problems.Errors);
        var request = new TestRequest { Method = Method, Target = Target };
        foreach (var (name, value) in Headers)
        {
            request.With(name, value);
        }

        return verifier!.Judge(request, new ReadOnlySequence<byte>(Body), new Evidence(), Now).Outcome;
    }

    /// <summary>With every line of a header changed.</summary>
    public SignedMessage WithHeader(string name, Func<string, string> change) => this with
    {
        Headers = [.. Headers.Select(header => Same(header.Key, name) ? new(header.Key, change(header.Value)) : header)],
    };

    public SignedMessage WithoutHeader(string name) => this with { Headers = [.. Headers.Where(header => !Same(header.Key, name))] };

    /// <summary>With a header's lines there twice.</summary>
    public SignedMessage WithHeaderTwice(string name) => this with { Headers = [.. Headers, .. Headers.Where(header => Same(header.Key, name))] };

    public bool HasHeader(string name) => Headers.Any(header => Same(header.Key, name));

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
