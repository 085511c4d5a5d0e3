using Proxy.Commands;
using Spectre.Console;

namespace Proxy.Tests.Commands;

public sealed class TableOutputTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly Table _table = new Table().AddColumns("name", "value").AddRow("a", new string('x', 200)).AddRow("long one", "[y]".EscapeMarkup());

    [Fact]
    public void NoTerminal_PrintsBareColumnsUnwrapped()
    {
        TableOutput.Write(_output, isTerminal: false, _table);

        Assert.Equal($"name      value\na         {new string('x', 200)}\nlong one  [y]\n", _output.ToString());
    }

    [Fact]
    public void Terminal_PrintsABox()
    {
        TableOutput.Write(_output, isTerminal: true, _table);

        Assert.StartsWith("╭", _output.ToString(), StringComparison.Ordinal);
    }
}
