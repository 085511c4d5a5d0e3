using System.CommandLine;

namespace Proxy.Commands;

/// <summary>A command with an example that works: --help and docs/cli.md show it, a test runs it.</summary>
/// <param name="name">As it is typed.</param>
/// <param name="summary">What it does, in a sentence or two.</param>
/// <param name="example">A line for a shell in a checkout.</param>
internal sealed class Verb(string name, string summary, string example) : Command(name, $"{summary} Example: {example}")
{
    public string Summary { get; } = summary;

    public string Example { get; } = example;
}
