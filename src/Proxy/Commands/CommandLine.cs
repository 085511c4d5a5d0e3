using System.CommandLine;
using Proxy.Commands.Check;
using Proxy.Commands.Demo;
using Proxy.Commands.Providers;

namespace Proxy.Commands;

/// <summary>Verb to command to exit code.</summary>
internal sealed class CommandLine
{
    private readonly RootCommand _root;

    private CommandLine(RootCommand root) => _root = root;

    /// <summary>Every verb there is. Without one, the proxy runs.</summary>
    public static CommandLine Create()
    {
        var run = RunCommand.Create();
        var root = new RootCommand("Verifies the signatures of webhooks in front of an app that does not.");
        foreach (var option in run.Options)
        {
            root.Options.Add(option);
        }

        root.Action = run.Action;
        root.Subcommands.Add(run);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(ProvidersCommand.Create());
        return new CommandLine(root);
    }

    /// <summary>The names of the verbs, for the documents' sake.</summary>
    public IEnumerable<string> Verbs => _root.Subcommands.Select(static command => command.Name);

    public async Task<int> RunAsync(string[] args)
    {
        var parsed = _root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            // No limit on the way out: how long requests in flight may take is the configuration's to say.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = Timeout.InfiniteTimeSpan });
        }

        foreach (var error in parsed.Errors)
        {
            await Console.Error.WriteLineAsync(error.Message);
        }

        await Console.Error.WriteLineAsync("See --help.");
        return ExitCode.Usage;
    }
}
