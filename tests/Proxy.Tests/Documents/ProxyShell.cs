using System.Diagnostics;
using Proxy.Tests.Commands;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Documents;

/// <summary>A shell in a checkout that finds the command <c>proxy</c>, as it is once published.</summary>
internal sealed class ProxyShell : IDisposable
{
    private readonly DirectoryInfo _path = Directory.CreateTempSubdirectory("proxy-shell-");

    public ProxyShell()
    {
        var command = Path.Combine(_path.FullName, "proxy");
        File.WriteAllText(command, $"#!/bin/sh\necho $$ > '{ProcessId}'\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "proxy.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var name in ProxyFixture.SecretVariables)
        {
            Environment[name] = ProxyFixture.Secret;
        }
    }

    /// <summary>The variables of the shell, besides those of this process.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    private string ProcessId => Path.Combine(_path.FullName, "pid");

    /// <summary>Sends a signal to the proxy that was started last, not to the shell around it.</summary>
    public void Signal(string name)
    {
        if (File.Exists(ProcessId))
        {
            using var kill = Process.Start("kill", ["-s", name, File.ReadAllText(ProcessId).Trim()]);
            kill.WaitForExit();
        }
    }

    /// <summary>Starts a line. Whoever starts it ends it.</summary>
    public Process Start(string line)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line])
        {
            WorkingDirectory = Repository.PathOf(""),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_path.FullName}:{System.Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a line to its end, with nothing on standard input.</summary>
    public async Task<CommandRun> RunAsync(string line)
    {
        using var process = Start(line);
        try
        {
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await Deadline.Within(process.WaitForExitAsync(), $"the end of: {line}");
            return new CommandRun(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _path.Delete(recursive: true);
}
