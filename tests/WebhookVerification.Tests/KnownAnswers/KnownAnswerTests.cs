using System.Text;
using System.Text.Json;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests.KnownAnswers;

/// <summary>The algorithms, as the verifier uses them, on cases whose verdict is known: published ones, and the edges next to what is genuine.</summary>
public sealed class KnownAnswerTests
{
    private const string KeyRefused = nameof(KeyRefused);

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static TheoryData<string> Files => ["macs", "ecdsa", "ed25519", "rsa"];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryCase_HasItsVerdict(string file)
    {
        var cases = Load(file);
        Assert.Contains(cases, static known => known.Expect == nameof(VerificationOutcome.Verified));
        var wrong = cases
            .Select(static known => (known.Algorithm, known.Name, known.Expect, Was: Judge(known)))
            .Where(static judged => judged.Was != judged.Expect)
            .ToList();
        Assert.Empty(wrong);
    }

    /// <summary>RFC 2202 has seven cases for each of two hashes, RFC 4231 seven for each of the three that schemes have.</summary>
    [Theory]
    [InlineData("RFC 2202", 14)]
    [InlineData("RFC 4231", 21)]
    public void PublishedCases_AreComplete(string source, int count) =>
        Assert.Equal(count, Load("macs").Count(known => known.Source.StartsWith(source, StringComparison.Ordinal)));

    private static IReadOnlyList<KnownAnswer> Load(string file) =>
        JsonSerializer.Deserialize<KnownAnswers>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "KnownAnswers", file + ".json")), Format)!.Cases;

    private static string Judge(KnownAnswer known)
    {
        var problems = new ProblemList();
        var scheme = TestScheme.Parse($$"""
            {
              "algorithm": "{{known.Algorithm}}", "secret": { "encoding": "hex" }, "content": "{body}",
              "signature": { "in": "header:X-Sig", "encoding": "hex" }
            }
            """);
        var options = new VerifierOptions { Secrets = [new Secret("key", Encoding.ASCII.GetBytes(known.Key))] };
        return WebhookVerifier.Create(scheme, options, TestScheme.Empty, problems) is { } verifier
            ? verifier.Judge(new TestRequest().With("X-Sig", known.Signature), Convert.FromHexString(known.Content)).Outcome.ToString()
            : KeyRefused;
    }

    private sealed record KnownAnswers(IReadOnlyList<KnownAnswer> Cases);

    /// <summary>Everything but names is in hex.</summary>
    private sealed record KnownAnswer(string Name, string Source, string Algorithm, string Key, string Content, string Signature, string Expect);
}
