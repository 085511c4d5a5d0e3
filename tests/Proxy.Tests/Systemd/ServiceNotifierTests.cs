using System.Text.RegularExpressions;
using Proxy.Systemd;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Systemd;

/// <summary>What the service manager hears, in order.</summary>
public sealed partial class ServiceNotifierTests
{
    private const string Applied = "READY=1\nSTATUS=Configuration applied: 4 routes, 4 policies.\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Process_SaysWhenItIsReadyReloadsAndStops(bool isAbstract)
    {
        using var manager = new NotifyListener(isAbstract);
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartAsync(
            consumer.Address, (NotifySocket.Variable, manager.Address), ("WATCHDOG_USEC", "200000"));

        Assert.Equal(Applied, await manager.ReceiveNewsAsync());
        Assert.Equal("WATCHDOG=1\n", await manager.ReceiveAsync());

        proxy.HangUp();
        Assert.Matches(Reloading(), await manager.ReceiveNewsAsync());
        Assert.Equal(Applied, await manager.ReceiveNewsAsync());

        proxy.Rewrite("{ half a file");
        proxy.HangUp();
        Assert.Matches(Reloading(), await manager.ReceiveNewsAsync());
        Assert.Equal("READY=1\nSTATUS=Configuration rejected with 1 errors; the last good one stays in force.\n", await manager.ReceiveNewsAsync());

        proxy.Terminate();
        Assert.StartsWith("STOPPING=1\n", await manager.ReceiveNewsAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await proxy.WaitForExitAsync());
    }

    [Fact]
    public async Task EditWithoutASignal_IsAReloadAsWell()
    {
        using var manager = new NotifyListener();
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string> { [NotifySocket.Variable] = manager.Address });
        Assert.Equal(Applied, await manager.ReceiveAsync());

        proxy.Rewrite(ProxyFixture.FourProviders + " ");
        var reloading = manager.ReceiveAsync();
        await Deadline.Until(
            () =>
            {
                proxy.Clock.Advance(TimeSpan.FromSeconds(1));
                return reloading.IsCompleted;
            },
            "the edit to be noticed");

        Assert.Matches(Reloading(), await reloading);
        Assert.Equal(Applied, await manager.ReceiveAsync());
    }

    [Fact]
    public async Task ManagerThatIsGone_StopsNobody()
    {
        var manager = new NotifyListener();
        await using var proxy = await ProxyFixture.StartAsync(environment: new Dictionary<string, string> { [NotifySocket.Variable] = manager.Address });
        Assert.Equal(Applied, await manager.ReceiveAsync());
        manager.Dispose();

        await proxy.StopAsync();

        Assert.Contains(proxy.Log.Lines, static line => line.Text.Contains("The service manager could not be told", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1000000", null, 1)]
    [InlineData("1000000", "", 1)]
    [InlineData("1000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void Watchdog_IsForTheProcessThatIsMeant(string? interval, string? process, int? seconds)
    {
        var environment = new Dictionary<string, string>();
        Set(environment, "WATCHDOG_USEC", interval);
        Set(environment, "WATCHDOG_PID", process);

        Assert.Equal(seconds, (int?)SystemdServices.Watchdog(environment)?.TotalSeconds);
        if (seconds is not null)
        {
            environment["WATCHDOG_PID"] = $"{Environment.ProcessId}";
            Assert.NotNull(SystemdServices.Watchdog(environment));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("vsock:2:1234")]
    public void NoSocketOfOurKind_IsNoSocket(string? address)
    {
        var environment = new Dictionary<string, string>();
        Set(environment, NotifySocket.Variable, address);

        Assert.Null(NotifySocket.Open(environment));
    }

    private static void Set(Dictionary<string, string> environment, string name, string? value)
    {
        if (value is not null)
        {
            environment[name] = value;
        }
    }

    [GeneratedRegex("""^RELOADING=1\nMONOTONIC_USEC=\d+\n$""")]
    private static partial Regex Reloading();
}
