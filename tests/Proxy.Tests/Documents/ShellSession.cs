using System.Diagnostics;

namespace Proxy.Tests.Documents;

/// <summary>One shell that runs command after command, as somebody does who follows a page; standard error is shown with the rest.</summary>
internal sealed class ShellSession : IAsyncDisposable
{
    private readonly Process _shell;
    private readonly DirectoryInfo _typed = Directory.CreateTempSubdirectory("proxy-typed-");
    private int _commands;

    /// <param name="shell">Finds the command <c>proxy</c>.</param>
    /// <param name="directory">Where it starts.</param>
    public ShellSession(ProxyShell shell, string directory)
    {
        // What stays in the background keeps no pipe of ours open, and reads nothing of what is typed.
        _shell = shell.Start($"cd '{directory}' && exec 2>&1 && while IFS= read -r file; do eval \"$(cat \"$file\")\" </dev/null; echo; echo \"$file: $?\"; done");
    }

    /// <summary>What the command printed, without the newline at its end.</summary>
    public async Task<string> RunAsync(string command)
    {
        var file = Path.Combine(_typed.FullName, $"{++_commands}");
        await File.WriteAllTextAsync(file, command);
        await _shell.StandardInput.WriteLineAsync(file);
        await _shell.StandardInput.FlushAsync();
        return await Deadline.Within(ReadToAsync($"{file}: "), $"the end of: {command}");
    }

    public async ValueTask DisposeAsync()
    {
        _shell.Kill(entireProcessTree: true);
        await _shell.WaitForExitAsync();
        _shell.Dispose();
        _typed.Delete(recursive: true);
    }

    private async Task<string> ReadToAsync(string end)
    {
        var lines = new List<string>();
        while (await _shell.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(end, StringComparison.Ordinal))
            {
                return string.Join('\n', lines).TrimEnd('\n');
            }

            lines.Add(line);
        }

        throw new InvalidOperationException($"The shell ended and had printed: {string.Join('\n', lines)}");
    }
}
