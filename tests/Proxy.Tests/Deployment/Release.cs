using System.Diagnostics;
using Proxy.Tests.Documents;

namespace Proxy.Tests.Deployment;

/// <summary>What release.sh makes of a tag, really made.</summary>
public sealed class Release : IAsyncLifetime
{
    public const string Version = "1.2.3";

    /// <summary>A directory that tests/release/build.sh has filled already; tests/run.sh does so beside other work.</summary>
    private const string BuiltVariable = "WEBHOOK_TEST_RELEASE";

    private string _directory = "";

    public string Checkout => Path.Combine(_directory, "checkout");

    public string Files => Path.Combine(Checkout, "artifacts/release", Version);

    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(BuiltVariable) is { Length: > 0 } built)
        {
            _directory = built;
        }
        else
        {
            _directory = Repository.PathOf("artifacts/release-test");
            // It compiles and publishes: the deadline of other waits is not meant for it.
            var (exitCode, output) = await RunAsync(Repository.PathOf("tests/release/build.sh"), _directory);
            Assert.True(exitCode == 0, output);
        }

        Assert.True(File.Exists(Path.Combine(Files, "SHA256SUMS")), $"There is no release in {Files}: its build failed.");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Runs release.sh with other arguments.</summary>
    public Task<(int ExitCode, string Output)> ReleaseAsync(params string[] arguments) => RunAsync(Path.Combine(Checkout, "release.sh"), arguments);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }
}
