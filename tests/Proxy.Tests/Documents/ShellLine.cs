using System.Text;
using Proxy.Tests.Commands;

namespace Proxy.Tests.Documents;

/// <summary>Runs the few shell lines that the documents show: <c>proxy …</c>, perhaps with <c>echo '…' |</c> before it.</summary>
internal static class ShellLine
{
    private static readonly Dictionary<string, string> Environment = new[] { "TAWK", "SMARTERBOT", "CHATBASE", "PROTOCOL" }
        .ToDictionary(static name => $"{name}_WEBHOOK_SECRET", static _ => "a secret of sixteen bytes or more");

    public static Task<CommandRun> RunAsync(string line)
    {
        var parts = line.Split(" | ", 2);
        var input = parts.Length == 2 ? parts[0]["echo '".Length..^1] + "\n" : "";
        var words = parts[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("proxy", words[0]);
        return CommandRun.OfAsync(words[1..], Encoding.UTF8.GetBytes(input), new(Environment), Repository.PathOf(""));
    }

    /// <summary>The first block of a page that shows a command, after "$ ", and what it prints.</summary>
    public static (string Command, string Output) In(string page)
    {
        const string Start = "```console\n$ ";
        var from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var block = page[from..page.IndexOf("\n```", from, StringComparison.Ordinal)];
        var end = block.IndexOf('\n', StringComparison.Ordinal);
        return (block[..end], block[(end + 1)..] + "\n");
    }
}
