using System.Globalization;
using Proxy.Commands;
using Proxy.Configuration;
using Proxy.Tests.Configuration;
using Proxy.Tests.Documents;
using Proxy.Tests.Operations;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Tests.Deployment;

/// <summary>config/systemd/proxy.service, by the proxy's defaults and by systemd's own judgement.</summary>
public sealed class SystemdUnitTests
{
    private const string Unit = "config/systemd/proxy.service";

    private static readonly ILookup<string, string> Settings = Repository.Read(Unit).Split('\n')
        .Where(static line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
        .Select(static line => line.Split('=', 2)).ToLookup(static pair => pair[0], static pair => pair[1]);

    [Fact]
    public void Unit_FitsTheProxy()
    {
        Assert.Equal("notify", Assert.Single(Settings["Type"]));
        Assert.Equal("/bin/kill -HUP $MAINPID", Assert.Single(Settings["ExecReload"]));
        Assert.Equal($"{ExitCode.Usage} {ExitCode.InvalidConfiguration}", Assert.Single(Settings["RestartPreventExitStatus"]));
        using var defaults = new ConfigurationDirectory();
        var drain = defaults.LoadText(ConfigurationDirectory.Valid).Snapshot!.Settings.Drain + DrainLimit.SettlingTime;
        Assert.True(TimeSpan.FromSeconds(int.Parse(Assert.Single(Settings["TimeoutStopSec"]), CultureInfo.InvariantCulture)) > drain);
        Assert.Contains("DOTNET_EnableDiagnostics=0", Assert.Single(Settings["Environment"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_AreThoseThatTheInstructionsMake()
    {
        var text = Repository.Read(Unit);
        var program = Assert.Single(Settings["ExecStart"]).Split(' ')[0];
        Assert.Contains($"install -D proxy {program}\n", text, StringComparison.Ordinal);
        var variable = Assert.Single(Settings["Environment"]).Split(' ').Single(static word => word.StartsWith(ConfigurationSource.FileVariable, StringComparison.Ordinal));
        Assert.Contains($"appsettings.json {variable.Split('=')[1]}\n", text, StringComparison.Ordinal);
        Assert.Contains($"/dev/null {Assert.Single(Settings["EnvironmentFile"]).TrimStart('-')} ", text, StringComparison.Ordinal);
        Assert.Contains($"/usr/sbin/nologin {Assert.Single(Settings["User"])}\n", text, StringComparison.Ordinal);
        Assert.Contains(
            $"\"Directory\": \"/var/lib/{Assert.Single(Settings["StateDirectory"])}/", Repository.Read("docs/operations.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Systemd_KnowsEveryLine()
    {
        var directory = Directory.CreateTempSubdirectory("unit-");
        var copy = Path.Combine(directory.FullName, "webhook-proxy.service");
        await File.WriteAllTextAsync(copy, Repository.Read(Unit).Replace(Assert.Single(Settings["ExecStart"]), "/bin/true", StringComparison.Ordinal));

        var (_, output) = await Tool.RunAsync("systemd-analyze", "verify", "--man=no", "--generators=no", "--recursive-errors=no", copy);

        directory.Delete(recursive: true);
        Assert.DoesNotContain("webhook-proxy.service:", output, StringComparison.Ordinal);
    }

    /// <summary>The scale goes from 0, closed, to 10. What is left is the network, which is what a proxy is for, and the compiler of .NET.</summary>
    [Fact]
    public async Task Systemd_FindsLittleExposed()
    {
        var (exitCode, output) = await Tool.RunAsync(
            "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=12", Repository.PathOf(Unit));

        Assert.True(exitCode == 0, output);
    }
}
