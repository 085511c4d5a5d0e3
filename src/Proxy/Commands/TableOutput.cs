using Spectre.Console;

namespace Proxy.Commands;

/// <summary>Prints a verb's table: boxed and coloured for a person at a terminal, bare columns for a pipe or a file.</summary>
internal static class TableOutput
{
    // A pipe has no width: nothing is wrapped in it.
    private const int Unbounded = 10_000;

    /// <param name="output">Where to; standard output but for tests.</param>
    /// <param name="isTerminal">Whether a person looks at it.</param>
    /// <param name="table">Columns and rows; its border is set here.</param>
    public static void Write(TextWriter output, bool isTerminal, Table table)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = isTerminal ? Console.WindowWidth : Unbounded;
        console.Write(table.Border(isTerminal ? TableBorder.Rounded : TableBorder.None));

        // Columns are padded to their width, the last one too, which only a diff would see.
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }
    }
}
