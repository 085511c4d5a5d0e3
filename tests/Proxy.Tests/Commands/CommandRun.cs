using System.Text;
using Proxy.Commands;

namespace Proxy.Tests.Commands;

/// <summary>What a command line says and answers when it runs in a directory, an environment and a time of the test's.</summary>
internal sealed record CommandRun(int Code, string Output, string Error)
{
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_735_787_047);

    public static async Task<CommandRun> OfAsync(
        string[] arguments,
        byte[]? input = null,
        Dictionary<string, string>? environment = null,
        string? directory = null,
        ManualTimeProvider? clock = null,
        bool isInputTerminal = false)
    {
        using var standardInput = new MemoryStream(input ?? []);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var io = new CommandIo(
            standardInput, output, error, IsTerminal: false, environment ?? [], directory ?? Environment.CurrentDirectory, clock ?? new ManualTimeProvider(Now))
        {
            IsInputTerminal = isInputTerminal,
        };
        var code = await CommandLine.Create(io).RunAsync(arguments);
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Splits at blanks: for arguments that hold none.</summary>
    public static Task<CommandRun> OfAsync(string arguments, string input = "", string? directory = null) =>
        OfAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), Encoding.UTF8.GetBytes(input), directory: directory);
}
