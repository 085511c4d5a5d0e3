using Spectre.Console;

namespace Proxy.Commands;

/// <summary>Prints a verb's table: boxed and coloured for a person at a terminal, bare columns for a pipe or a file.</summary>
internal static class TableOutput
{
    // A pipe has no width: nothing is wrapped in it.
    private const int Unbounded = 10_000;

    private static readonly Padding ColumnGap = new(left: 0, top: 0, right: 2, bottom: 0);

    /// <param name="output">Where to; standard output but for tests.</param>
    /// <param name="isTerminal">Whether a person looks at it.</param>
    /// <param name="table">Columns and rows; its border is set here.</param>
    public static void Write(TextWriter output, bool isTerminal, Table table)
    {
        if (isTerminal)
        {
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(table.RoundedBorder());
        }
        else
        {
            WritePlain(output, table.NoBorder());
        }
    }

    private static void WritePlain(TextWriter output, Table table)
    {
        foreach (var column in table.Columns)
        {
            column.Padding = ColumnGap;
        }

        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = Unbounded;
        console.Write(table);

        // The last column is padded like the others, which only a diff would see.
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }
    }
}
