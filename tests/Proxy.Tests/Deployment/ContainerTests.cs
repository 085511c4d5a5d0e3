using System.Text;
using System.Text.RegularExpressions;
using Proxy.Commands.Demo;
using Proxy.Configuration;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Deployment;

/// <summary>The container as it would run anywhere: its own user, its own environment, nothing writable.</summary>
public sealed partial class ContainerTests(ContainerImage image) : IClassFixture<ContainerImage>
{
    private static readonly byte[] Body = """{"event":"chat:start"}"""u8.ToArray();

    [Fact]
    public async Task Webhooks_PassGenuineAndFailForgedUntilTheDrainIsOver()
    {
        await using var consumer = new RecordingConsumer();
        var address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        var variables = new Dictionary<string, string>
        {
            ["Urls"] = address.ToString(),
            ["Management__Url"] = $"http://127.0.0.1:{FreePort.Take()}",
            ["ReverseProxy__Clusters__consumer__Destinations__app__Address"] = consumer.Address.ToString(),
        };
        foreach (var name in ProxyFixture.SecretVariables)
        {
            variables[name] = ProxyFixture.Secret;
        }

        await using var container = Container.Start(image, variables);
        await Deadline.Until(
            async () =>
            {
                Assert.False(container.HasExited, container.Output);
                return await HealthAsync(variables) == 0;
            },
            "the container to be healthy");

        Assert.Equal(200, (await RawHttpClient.SendAsync(address, Signed(ProxyFixture.Secret))).Status);
        Assert.Equal(400, (await RawHttpClient.SendAsync(address, Signed("another secret, of a forger"))).Status);
        Assert.Equal(Body, Assert.Single(consumer.Requests).Body);
        AssertConfined(container);

        var answer = new TaskCompletionSource();
        consumer.Respond = _ => ConsumerReply.Answer(200, "OK") with { BeforeHead = answer.Task };
        var inFlight = RawHttpClient.SendAsync(address, Signed(ProxyFixture.Secret, " "));
        await Deadline.Until(() => consumer.Requests.Count == 2, "the second webhook");
        container.Stop();
        using var client = new HttpClient { BaseAddress = new Uri(variables["Management__Url"]) };
        await Deadline.Until(async () => await IsDrainingAsync(client), "the drain");
        answer.SetResult();

        Assert.Equal(200, (await inFlight).Status);
        Assert.Equal(0, await container.WaitForExitAsync());
        Assert.Equal(1, await HealthAsync(variables));
    }

    [Fact]
    public async Task Demo_PassesOnAReadOnlyRoot()
    {
        var (exitCode, output) = await Container.RunAsync(image, new Dictionary<string, string>(), "/app/proxy", "demo", "--once");

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task MissingSecrets_StopTheStart()
    {
        var (exitCode, output) = await Container.RunAsync(image, new Dictionary<string, string>(), image.Command);

        Assert.Equal(3, exitCode);
        Assert.Contains("TAWK_WEBHOOK_SECRET", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_SaysWhatAnEngineHasToKnow()
    {
        Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", image.UserAndGroup);
        Assert.True(File.Exists(image.Root + image.Variables["PROXY_CONFIG"]));
        Assert.Equal("0", image.Variables["DOTNET_EnableDiagnostics"]);
        var port = Assert.Single(image.Config.GetProperty("ExposedPorts").EnumerateObject()).Name;
        Assert.Equal($"{new Uri(ProxySettings.DefaultUrls.Replace("0.0.0.0", "any", StringComparison.Ordinal)).Port}/tcp", port);
        Assert.Equal("CMD", image.HealthCheck[0]);
    }

    [Fact]
    public void Image_HoldsNothingThatItsUserCouldChangeOrGainBy()
    {
        var files = new DirectoryInfo(image.Root).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(static file => file.LinkTarget is null)
            .Where(file => Path.GetRelativePath(image.Root, file.FullName) != "tmp")
            .ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, static file => (file.UnixFileMode & (UnixFileMode.OtherWrite | UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0);
        Assert.DoesNotContain(files, static file => file.Name is "sh" or "dash" or "bash" or "busybox" or "apt" or "dpkg");
        Assert.DoesNotContain(Directory.EnumerateFiles(image.Root + "/app"), static file => Path.GetExtension(file) is ".xml" or ".pdb");
    }

    private static byte[] Signed(string secret, string more = "")
    {
        byte[] body = [.. Body, .. Encoding.UTF8.GetBytes(more)];
        return RawRequest.Post("/webhooks/tawk", body, ProviderSignature.Of("tawk", secret, body, TimeProvider.System.GetUtcNow()));
    }

    private static void AssertConfined(Container container)
    {
        var status = container.Status("status");
        Assert.Matches(@"\nUid:\t1654\t1654\t1654\t1654\n", status);
        Assert.Matches(@"\nGid:\t1654\t1654\t1654\t1654\n", status);
        Assert.Matches(@"\nCapEff:\t0+\n", status);
        Assert.Matches(@"\nNoNewPrivs:\t1\n", status);
        var writable = Mount().Matches(container.Status("mountinfo"))
            .Where(static mount => mount.Groups["options"].Value.Split(',').Contains("rw"))
            .Select(static mount => mount.Groups["point"].Value)
            .Where(static point => point != "/proc" && !point.StartsWith("/dev/", StringComparison.Ordinal));
        Assert.Empty(writable);
    }

    private static async Task<bool> IsDrainingAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        return (int)answer.StatusCode == 503;
    }

    private async Task<int> HealthAsync(Dictionary<string, string> variables) =>
        (await Container.RunAsync(image, variables, image.HealthCheck[1..])).ExitCode;

    [GeneratedRegex(@"^\d+ \d+ \S+ \S+ (?<point>\S+) (?<options>\S+)", RegexOptions.Multiline)]
    private static partial Regex Mount();
}
