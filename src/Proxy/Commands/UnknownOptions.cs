using System.CommandLine;
using System.Text.RegularExpressions;

namespace Proxy.Commands;

/// <summary>
/// Misspelt options, which the parser takes for what comes next: an argument, or the value of the option before. Something that looks
/// like an option and is meant as a value is written <c>--option=-value</c>, or after <c>--</c>.
/// </summary>
internal static partial class UnknownOptions
{
    /// <param name="args">As typed.</param>
    /// <param name="parsed">What became of them.</param>
    /// <returns>Names that no option of the verb has, as typed.</returns>
    public static IReadOnlyList<string> Among(IEnumerable<string> args, ParseResult parsed)
    {
        var known = Options(parsed).SelectMany(static option => option.Aliases.Append(option.Name)).ToHashSet(StringComparer.Ordinal);
        return [.. args.TakeWhile(static arg => arg != "--")
            .Select(static arg => Name().Match(arg))
            .Where(match => match.Success && !known.Contains(match.Groups["name"].Value))
            .Select(static match => match.Groups["name"].Value)];
    }

    private static IEnumerable<Option> Options(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(
            option => option.Recursive || parsed.CommandResult.Command == parsed.RootCommandResult.Command));

    /// <summary>The armour of a PEM key begins with more hyphens.</summary>
    [GeneratedRegex("^(?<name>--?[A-Za-z][A-Za-z0-9-]*)(?:[=:]|$)")]
    private static partial Regex Name();
}
