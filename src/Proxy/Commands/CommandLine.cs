using System.CommandLine;
using Proxy.Commands.Check;
using Proxy.Commands.Demo;
using Proxy.Commands.Explain;
using Proxy.Commands.Providers;
using Proxy.Commands.Send;
using Proxy.Commands.Sign;
using WebhookVerification.Settings;

namespace Proxy.Commands;

/// <summary>Verb to command to exit code.</summary>
internal sealed class CommandLine
{
    private readonly RootCommand _root;
    private readonly CommandIo _io;

    private CommandLine(RootCommand root, CommandIo io) => (_root, _io) = (root, io);

    /// <summary>Every verb there is. Without one, the proxy runs.</summary>
    /// <param name="outside">What the verbs read and write; null for this process's own.</param>
    public static CommandLine Create(CommandIo? outside = null)
    {
        var io = outside ?? CommandIo.OfProcess();
        var run = RunCommand.Create();
        var root = new RootCommand("Verifies the signatures of webhooks in front of an app that does not.");
        foreach (var option in run.Options)
        {
            root.Options.Add(option);
        }

        root.Action = run.Action;
        root.Subcommands.Add(run);
        root.Subcommands.Add(DemoCommand.Create(io));
        root.Subcommands.Add(CheckCommand.Create(io));
        root.Subcommands.Add(ProvidersCommand.Create(io));
        root.Subcommands.Add(SignCommand.Create(io));
        root.Subcommands.Add(SendCommand.Create(io));
        root.Subcommands.Add(ExplainCommand.Create(io));
        return new CommandLine(root, io);
    }

    /// <summary>The names of the verbs, for the documents' sake.</summary>
    public IEnumerable<string> Verbs => _root.Subcommands.Select(static command => command.Name);

    /// <summary>The verbs themselves, for the same reason.</summary>
    public IEnumerable<Verb> Commands => _root.Subcommands.OfType<Verb>();

    public async Task<int> RunAsync(string[] args)
    {
        var parsed = _root.Parse(args);
        var errors = Errors(parsed, args);
        if (errors.Count == 0)
        {
            return await InvokeAsync(parsed);
        }

        foreach (var error in errors)
        {
            await _io.Error.WriteLineAsync(error);
        }

        await _io.Error.WriteLineAsync("See --help.");
        return ExitCode.Usage;
    }

    private static List<string> Errors(ParseResult parsed, string[] args)
    {
        var swallowed = UnknownOptions.Among(args, parsed);
        return swallowed.Count == 0
            ? [.. parsed.Errors.Select(error => error.Message + Hint(parsed, error.Message))]
            : [.. swallowed.Select(unknown => $"Unrecognized command or argument '{unknown}'." + Nearest.Hint(unknown, Known(parsed)))];
    }

    /// <summary>The nearest verb or option, when the message is about a word that is neither.</summary>
    private static string Hint(ParseResult parsed, string message) =>
        parsed.UnmatchedTokens.FirstOrDefault(token => message.Contains($"'{token}'", StringComparison.Ordinal)) is { } unknown ? Nearest.Hint(unknown, Known(parsed)) : "";

    private static List<string> Known(ParseResult parsed) =>
        [.. parsed.CommandResult.Command.Subcommands.Select(static verb => verb.Name), .. parsed.CommandResult.Command.Options.Select(static option => option.Name)];

    private async Task<int> InvokeAsync(ParseResult parsed)
    {
        var outside = new InvocationConfiguration
        {
            Output = _io.Output,
            Error = _io.Error,
            EnableDefaultExceptionHandler = false,

            // No limit on the way out: how long requests in flight may take is the configuration's to say.
            ProcessTerminationTimeout = Timeout.InfiniteTimeSpan,
        };
        try
        {
            return await parsed.InvokeAsync(outside);
        }
        catch (UsageException e)
        {
            await _io.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C, in a verb that has nothing to finish.
            return ExitCode.StartFailed;
        }
    }
}
