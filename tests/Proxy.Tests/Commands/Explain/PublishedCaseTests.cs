using Proxy.Commands.Explain;

namespace Proxy.Tests.Commands.Explain;

/// <summary>What was published as invalid is explained with the reason that it was published for.</summary>
public sealed class PublishedCaseTests
{
    /// <summary>Published names say the reason; wrong secrets and altered bodies are none that can be undone.</summary>
    private static readonly (string Word, string Cause)[] Reasons =
    [
        ("too old", "clock"),
        ("older than", "clock"),
        ("outside tolerance", "clock"),
        ("future", "clock"),
        ("re-serialised", "json-reserialised"),
        ("CRLF stripped", "final-newline"),
        ("host case", "url"),
    ];

    [Fact]
    public void EveryInvalidCase_IsExplainedWithTheReasonThatItHas()
    {
        var cases = PublishedCase.All().ToList();
        Assert.NotEmpty(cases);
        var wrong = cases.Select(static published => (published, Expected: Expected(published), Found: Found(published)))
            .Where(static explained => !explained.Expected.SequenceEqual(explained.Found))
            .Select(static explained => $"{explained.published.Name}: expected [{string.Join(", ", explained.Expected)}], was [{string.Join(", ", explained.Found)}]")
            .ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static string[] Expected(PublishedCase published) =>
        [.. Reasons.Where(reason => published.Name.Contains(reason.Word, StringComparison.Ordinal)).Select(static reason => reason.Cause).Distinct()];

    private static string[] Found(PublishedCase published)
    {
        var explanation = Explanation.Of(published.Attempt);
        Assert.False(explanation.Verdict.IsVerified, published.Name);
        return [.. explanation.Findings.Select(static finding => finding.Cause.Name)];
    }
}
