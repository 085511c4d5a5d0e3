using System.Text.RegularExpressions;
using Proxy.Commands.Demo;
using Proxy.Tests.Documents;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Operations;

namespace Proxy.Tests.Deployment;

/// <summary>A release: refused where it would be a wrong one, and otherwise a program that needs nothing but the system's libraries.</summary>
public sealed partial class ReleaseTests(Release release) : IClassFixture<Release>
{
    private const string Name = $"webhook-proxy-{Release.Version}-linux-x64";

    [Theory]
    [InlineData("1.2.3", 2, "usage:")]
    [InlineData("v1.2", 2, "usage:")]
    [InlineData("v4.5.6", 1, "There is no tag v4.5.6.")]
    [InlineData("v9.9.9", 1, "has no section '## 9.9.9'")]
    public async Task WrongTag_IsRefused(string tag, int exitCode, string expected)
    {
        var result = await release.ReleaseAsync(tag);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checksums_AreOfEveryFile()
    {
        var (exitCode, output) = await Tool.RunAsync("sh", "-c", $"cd '{release.Files}' && sha256sum --check --strict SHA256SUMS");

        Assert.True(exitCode == 0, output);
        Assert.Equal(["CHANGES.md", "SHA256SUMS", $"{Name}.tar.gz"], Directory.EnumerateFiles(release.Files).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            "## 1.2.3 - 2026-01-02\n\n### Features\n- What this test looks for.\n\n", await File.ReadAllTextAsync(Path.Combine(release.Files, "CHANGES.md")));
    }

    [Fact]
    public async Task Program_RunsWhereThereIsNoDotnet()
    {
        var root = Directory.CreateTempSubdirectory("release-");
        try
        {
            await SucceedAsync("chmod", "755", root.FullName);
            await SucceedAsync(Repository.PathOf("tests/container/unpack.sh"), root.FullName, "libc6", "libgcc-s1", "libssl3", "libstdc++6");
            await SucceedAsync("tar", "-xzf", Path.Combine(release.Files, $"{Name}.tar.gz"), "-C", root.FullName);
            Assert.DoesNotContain(
                root.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }),
                static file => file.Name is "dotnet" or "sh" || file.Name.StartsWith("libhostfxr", StringComparison.Ordinal));

            var installed = Installed().Matches(Repository.Read("config/systemd/proxy.service")).Select(static file => file.Groups[1].Value).ToList();
            Assert.Contains("proxy.service", installed);
            Assert.All(installed, file => Assert.True(File.Exists(Path.Combine(root.FullName, Name, file)), file));

            var version = await RunAsync(root, "--version");
            Assert.StartsWith($"{Release.Version}+", version.Output, StringComparison.Ordinal);
            var check = await RunAsync(root, "check", "--config", "appsettings.json");
            Assert.Equal(3, check.ExitCode);
            Assert.Contains("TAWK_WEBHOOK_SECRET", check.Output, StringComparison.Ordinal);
            var demo = await RunAsync(root, "demo", "--once");
            Assert.True(demo.ExitCode == 0, demo.Output);
            await ServesAsync(root);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>One genuine webhook and one forged one, over the configuration that lies beside the program.</summary>
    private static async Task ServesAsync(DirectoryInfo root)
    {
        await using var consumer = new RecordingConsumer();
        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        var variables = ProxyFixture.SecretVariables.ToDictionary(static name => name, static _ => ProxyFixture.Secret);
        variables["Urls"] = address.ToString();
        variables["Management__Url"] = $"http://127.0.0.1:{FreePort.Take()}";
        variables["ReverseProxy__Clusters__consumer__Destinations__app__Address"] = consumer.Address.ToString();
        await using var proxy = Start(root, variables, "run", "--config", "appsettings.json");
        await Deadline.Until(
            async () =>
            {
                Assert.False(proxy.HasExited, proxy.Output);
                await using var live = Start(root, variables, "check", "--live", "--config", "appsettings.json");
                return await live.WaitForExitAsync() == 0;
            },
            "the program to serve");

        Assert.Equal(200, (await RawHttpClient.SendAsync(address, ProxyProcess.Signed("tawk", "{}"u8))).Status);
        var forged = RawRequest.Post("/webhooks/tawk", "[]"u8, ProviderSignature.Of("tawk", ProxyFixture.Secret, "{}"u8, TimeProvider.System.GetUtcNow()));
        Assert.Equal(400, (await RawHttpClient.SendAsync(address, forged)).Status);
        Assert.Equal("{}"u8, Assert.Single(consumer.Requests).Body);
        proxy.Stop();
        Assert.Equal(0, await proxy.WaitForExitAsync());
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(DirectoryInfo root, params string[] arguments)
    {
        await using var program = Start(root, new Dictionary<string, string>(), arguments);
        return (await program.WaitForExitAsync(), program.Output);
    }

    private static Container Start(DirectoryInfo root, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        Container.Start(root.FullName, $"/{Name}", variables, [$"/{Name}/proxy", .. arguments]);

    private static async Task SucceedAsync(string program, params string[] arguments)
    {
        var (exitCode, output) = await Tool.RunAsync(program, arguments);
        Assert.True(exitCode == 0, output);
    }

    [GeneratedRegex(@"^#   install .* ([\w.]+) /\S+", RegexOptions.Multiline)]
    private static partial Regex Installed();
}
