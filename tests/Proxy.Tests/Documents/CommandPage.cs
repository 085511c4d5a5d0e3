using System.Text;
using Proxy.Commands;

namespace Proxy.Tests.Documents;

/// <summary>docs/cli.md, from the same descriptions as --help.</summary>
internal static class CommandPage
{
    public const string Path = "docs/cli.md";

    public static string Write(CommandLine commandLine)
    {
        var page = new StringBuilder("""
            # Command line

            Made from the program's own help by the test `CommandPageTests`; after a change to a verb, run that test with `UPDATE_DOCS=1`.

            `dotnet run --project src/Proxy -- VERB …`, or `proxy VERB …` once published. Data goes to standard output, words to standard error.
            Secrets are references wherever one can stand: `env:NAME`, `file:PATH`, `literal:…`, or the secret itself. Exit codes: 0 ok · 1 failed
            to start · 2 usage · 3 invalid configuration · 4 not verified, or a demo that did not come out as it must.

            """.ReplaceLineEndings("\n"));
        foreach (var verb in commandLine.Commands)
        {
            Write(page, verb);
        }

        return page.ToString();
    }

    private static void Write(StringBuilder page, Verb verb)
    {
        page.Append($"\n## {verb.Name}\n\n{verb.Summary}\n\n```sh\n{verb.Example}\n```\n\n| option | meaning |\n|---|---|\n");
        foreach (var argument in verb.Arguments)
        {
            Row(page, argument.Name, argument.Description);
        }

        foreach (var option in verb.Options.Where(static option => !option.Hidden))
        {
            Row(page, option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}", option.Description);
        }
    }

    private static void Row(StringBuilder page, string name, string? description) =>
        page.Append($"| `{name}` | {description?.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
}
