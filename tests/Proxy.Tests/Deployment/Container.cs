using System.Collections.Concurrent;
using System.Diagnostics;
using Proxy.Tests.Documents;

namespace Proxy.Tests.Deployment;

/// <summary>
/// A program of an image, as its user, in namespaces of its own, on a root that cannot be written to. The network is the
/// machine's, so that the ports are ours to choose.
/// </summary>
internal sealed class Container : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private Container(string root, string userAndGroup, string directory, string[] command, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var user = userAndGroup.Split(':');
        var start = new ProcessStartInfo(
            "unshare",
            [
                "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "/bin/sh", Repository.PathOf("tests/container/enter.sh"),
                new DirectoryInfo(root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root,
                user[0], user[1], directory, .. command,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _ = _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);

    public bool HasExited => _process.HasExited;

    /// <summary>Starts what the image starts, or another command.</summary>
    /// <param name="image">Where the files, the user and the environment come from.</param>
    /// <param name="variables">Further environment variables.</param>
    /// <param name="command">Null for the image's own.</param>
    public static Container Start(ContainerImage image, IReadOnlyDictionary<string, string> variables, string[]? command = null) =>
        new(image.Root, image.UserAndGroup, image.WorkingDirectory, command ?? image.Command, image.Variables.Concat(variables));

    /// <summary>Starts a program in a root file system that is no image, as an unprivileged user, with these variables for all environment.</summary>
    public static Container Start(string root, string directory, IReadOnlyDictionary<string, string> variables, params string[] command) => new(
        root, "1654:1654", directory, command, [new("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"), new("DOTNET_EnableDiagnostics", "0"), .. variables]);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        ContainerImage image, IReadOnlyDictionary<string, string> variables, params string[] command)
    {
        await using var container = Start(image, variables, command);
        return (await container.WaitForExitAsync(), container.Output);
    }

    /// <summary>What <c>/proc</c> says of its first process.</summary>
    public string Status(string file) => File.ReadAllText($"/proc/{FirstProcess()}/{file}");

    /// <summary>Asks its first process to end, as <c>docker stop</c> does.</summary>
    public void Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", FirstProcess()]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync()
    {
        await Deadline.Within(_process.WaitForExitAsync(), $"the container to end: {Output}");
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // The whole tree: a child that has changed its user does not end with its parent.
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private string FirstProcess() => File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children").Trim();
}
