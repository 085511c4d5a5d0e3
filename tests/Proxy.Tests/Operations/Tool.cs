using System.Diagnostics;

namespace Proxy.Tests.Operations;

/// <summary>Runs a program of the system to its end.</summary>
internal static class Tool
{
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await Deadline.Within(
            Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()), $"{program} ends");
        await Deadline.Within(process.WaitForExitAsync(), $"{program} exits");
        return (process.ExitCode, string.Concat(output));
    }
}
