using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests.Vectors;

/// <summary>Every entry of the catalogue proves itself with the cases of its file, through the public way alone.</summary>
public sealed class VectorTests
{
    private const int FewestRefusals = 3;

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(VectorCase.Directory, "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)).Order()];

    public static TheoryData<string> Entries => [.. ProviderCatalog.BuiltIn.Ids];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryCase_HasItsVerdict(string id)
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet(id, out var entry), $"There are vectors for '{id}', but no entry.");

        var wrong = VectorCase.Load(id)
            .Select(vector => (Vector: vector, Outcome: Judge(entry, vector)))
            .Where(static judged => !judged.Vector.Fits(judged.Outcome))
            .Select(static judged => $"{judged.Vector.Name}: expected {judged.Vector.Expect}, was {judged.Outcome}")
            .ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void EveryEntry_IsProvenByAcceptingAndRefusingCases(string id)
    {
        Assert.True(File.Exists(Path.Combine(VectorCase.Directory, id + ".json")), $"The entry '{id}' has no Vectors/{id}.json.");
        var cases = VectorCase.Load(id);

        Assert.Contains(cases, static vector => vector.Expect == nameof(VerificationOutcome.Verified));
        Assert.True(cases.Count(static vector => vector.Expect != nameof(VerificationOutcome.Verified)) >= FewestRefusals, $"'{id}' has fewer than {FewestRefusals} refusing cases.");
        Assert.Equal(cases.Count, cases.Select(static vector => vector.Name).Distinct().Count());
    }

    private static VerificationOutcome Judge(ProviderEntry entry, VectorCase vector)
    {
        var problems = new ProblemList();
        var at = SettingNode.Parse("vector", "{}"u8.ToArray(), baseDirectory: null, problems)!;
        var verifier = WebhookVerifier.Create(entry.Scheme, vector.Options(entry), at, problems);
        Assert.Empty(problems.Errors);
        return verifier!.Judge(vector.Request(), vector.BodyBytes(), DateTimeOffset.FromUnixTimeSeconds(vector.Now)).Outcome;
    }
}
