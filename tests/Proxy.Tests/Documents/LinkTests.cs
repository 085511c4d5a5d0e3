using System.Text.RegularExpressions;

namespace Proxy.Tests.Documents;

/// <summary>No page sends its reader to a file or a heading that is not there.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. new[] { ".", "docs", "docs/migrate" }
        .SelectMany(static directory => Directory.EnumerateFiles(Repository.PathOf(directory), "*.md"))
        .Select(static path => Path.GetRelativePath(Repository.PathOf(""), path)).Order()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLocalLink_LeadsSomewhere(string page) => Assert.All(LocalLink().Matches(Repository.Read(page)), link =>
    {
        var (path, heading) = (link.Groups["path"].Value, link.Groups["heading"].Value);
        var target = path.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, path);
        Assert.True(Path.Exists(Repository.PathOf(target)), $"{link.Value} of {page}");
        Assert.True(heading.Length == 0 || Headings(target).Contains(heading), $"{link.Value} of {page}");
    });

    /// <summary>As GitHub names them: small letters, without punctuation, with hyphens for spaces.</summary>
    private static IEnumerable<string> Headings(string page) => Heading().Matches(Repository.Read(page))
        .Select(static match => Punctuation().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?!\w+:)(?<path>[^)#]*)(#(?<heading>[^)]+))?\)")]
    private static partial Regex LocalLink();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
