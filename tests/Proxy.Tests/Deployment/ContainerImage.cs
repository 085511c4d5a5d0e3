using System.Diagnostics;
using System.Text.Json;
using Proxy.Tests.Documents;

namespace Proxy.Tests.Deployment;

/// <summary>The image that the Dockerfile makes, really built by buildah.</summary>
public sealed class ContainerImage : IAsyncLifetime
{
    /// <summary>A directory that tests/container/build.sh has filled already; tests/run.sh does so beside other work.</summary>
    private const string BuiltVariable = "WEBHOOK_TEST_IMAGE";

    private string _directory = "";

    /// <summary>Its files.</summary>
    public string Root => Path.Combine(_directory, "rootfs");

    /// <summary>Its configuration, as <c>docker inspect</c> calls it.</summary>
    internal JsonElement Config { get; private set; }

    internal IReadOnlyDictionary<string, string> Variables => Strings("Env")
        .Select(static variable => variable.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);

    internal string UserAndGroup => Config.GetProperty("User").GetString()!;

    internal string WorkingDirectory => Config.GetProperty("WorkingDir").GetString()!;

    internal string[] Command => [.. Strings("Entrypoint"), .. Strings("Cmd")];

    internal string[] HealthCheck => Config.GetProperty("Healthcheck").GetProperty("Test").EnumerateArray().Select(static word => word.GetString()!).ToArray();

    public async Task InitializeAsync()
    {
        _directory = Environment.GetEnvironmentVariable(BuiltVariable) is { Length: > 0 } built
            ? built
            : await BuildAsync(Repository.PathOf("artifacts/container"));
        var description = Path.Combine(_directory, "image.json");
        Assert.True(File.Exists(description) && Directory.Exists(Root), $"There is no image in {_directory}: its build failed.");
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(description));
        Config = document.RootElement.GetProperty("Docker").GetProperty("config").Clone();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<string> BuildAsync(string directory)
    {
        using var build = Process.Start(new ProcessStartInfo(Repository.PathOf("tests/container/build.sh"), [directory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // It restores, compiles and publishes: the deadline of other waits is not meant for it.
        var output = await Task.WhenAll(build.StandardOutput.ReadToEndAsync(), build.StandardError.ReadToEndAsync());
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, string.Concat(output));
        return directory;
    }

    private IEnumerable<string> Strings(string name) => Config.GetProperty(name).EnumerateArray().Select(static item => item.GetString()!);
}
