using System.Text.RegularExpressions;

namespace Proxy.Tests.Documents;

/// <summary>One command that a page shows in a block of a terminal, and what the page says that it prints.</summary>
/// <param name="Command">As typed, with the lines of a here-document.</param>
/// <param name="Output">The lines up to the next command; empty when there are none.</param>
internal sealed partial record ConsoleBlock(string Command, string Output)
{
    private const string Prompt = "$ ";

    /// <summary>All commands of all blocks, in their order.</summary>
    public static IReadOnlyList<ConsoleBlock> In(string page) =>
        [.. Block().Matches(page).SelectMany(static block => Parse(block.Groups["lines"].Value.Split('\n')))];

    private static IEnumerable<ConsoleBlock> Parse(string[] lines)
    {
        for (var next = 0; next < lines.Length;)
        {
            Assert.StartsWith(Prompt, lines[next], StringComparison.Ordinal);
            var first = next++;
            if (HereDocument().Match(lines[first]) is { Success: true } document)
            {
                next = Array.IndexOf(lines, document.Groups["end"].Value, next) + 1;
                Assert.True(next > 0, $"The here-document of '{lines[first]}' has no end.");
            }

            var command = string.Join('\n', lines[first..next])[Prompt.Length..];
            var output = lines[next..].TakeWhile(static line => !line.StartsWith(Prompt, StringComparison.Ordinal)).ToList();
            next += output.Count;
            yield return new ConsoleBlock(command, string.Join('\n', output));
        }
    }

    [GeneratedRegex(@"^```console\n(?<lines>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"<<'(?<end>\w+)'$")]
    private static partial Regex HereDocument();
}
