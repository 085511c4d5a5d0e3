using System.Net.Sockets;
using Proxy.Tests.Configuration;
using Proxy.Tests.EndToEnd;
using Proxy.Tests.Listening;
using Proxy.Tests.Operations;

namespace Proxy.Tests.Documents;

/// <summary>The README's way from a checkout to a proxy in front of an app, typed into a shell; and its example of TLS.</summary>
public sealed class ReadmeCommandTests : IDisposable
{
    /// <summary>What the README has for a secret that is the reader's own.</summary>
    private const string Placeholder = "…";

    private readonly ProxyShell _shell = new();

    [Fact]
    public async Task PutItInFrontOfYourApp_ServesTheApp()
    {
        await using var consumer = new RecordingConsumer();
        var (address, management) = (new Uri($"http://127.0.0.1:{FreePort.Take()}"), new Uri($"http://127.0.0.1:{FreePort.Take()}"));
        (_shell.Environment["Urls"], _shell.Environment["Management__Url"]) = (address.ToString(), management.ToString());
        var commands = ConsoleBlock.In(Unindented(Repository.Section("README.md", "## Put it in front of your app")))
            .Select(static block => block.Command).TakeWhile(static command => !command.StartsWith("docker", StringComparison.Ordinal))
            .Select(command => command
                .Replace("dotnet run --project src/Proxy --", "proxy", StringComparison.Ordinal)
                .Replace("dotnet run --project src/Proxy", "proxy", StringComparison.Ordinal)
                .Replace("http://127.0.0.1:5000/", consumer.Address.ToString(), StringComparison.Ordinal)
                .Replace(Placeholder, ProxyFixture.Secret.Replace(' ', '-'), StringComparison.Ordinal))
            .ToList();
        Assert.Equal(["proxy check --connect", "proxy"], commands[^3..^1]);

        await using var session = new ShellSession(_shell, Repository.PathOf(""));
        foreach (var export in commands[..^3])
        {
            Assert.Equal("", await session.RunAsync(export));
        }

        Assert.EndsWith("\n0", await session.RunAsync(commands[^3] + "; echo $?"), StringComparison.Ordinal);
        await session.RunAsync(commands[^2] + " > /dev/null &");
        await Deadline.Until(() => IsServingAsync(address), "the proxy to listen");
        var send = commands[^1].Replace("http://127.0.0.1:8080/", address.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await session.RunAsync(send + " 2>&1"), StringComparison.Ordinal);
        Assert.StartsWith("400 ", await session.RunAsync(send + " --forge signature 2>&1"), StringComparison.Ordinal);
        Assert.Equal("{\"event\":\"chat:start\"}\n"u8, Assert.Single(consumer.Requests).Body);
    }

    /// <summary>What the test above types is "proxy", not "dotnet run", which compiles; the one difference that counts is where it starts.</summary>
    [Fact]
    public async Task DotnetRun_StartsInTheDirectoryThatItIsTypedIn()
    {
        var (exitCode, output) = await Tool.RunAsync("dotnet", "msbuild", Repository.PathOf("src/Proxy/Proxy.csproj"), "-getProperty:RunWorkingDirectory");
        Assert.Equal((0, Environment.CurrentDirectory), (exitCode, output.Trim()));
    }

    [Fact]
    public void ExampleOfTls_IsReadAsItStands()
    {
        var section = Repository.Section("README.md", "## TLS, and more than one");
        const string Start = "```jsonc\n";
        var from = section.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var example = section[from..section.IndexOf("\n```", from, StringComparison.Ordinal)];
        using var directory = new ConfigurationDirectory();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("proxy.example.com");
        Directory.CreateDirectory(Path.Combine(directory.Root, "tls"));
        directory.Write("tls/tls.crt", authority.Chain(certificate));
        directory.Write("tls/tls.key", TestAuthority.Key(certificate));

        var result = directory.LoadText($"{{ {example}, {ConfigurationDirectory.Valid.TrimStart()[1..]}");
        Assert.Empty(result.Problems.Errors);
        Assert.Empty(result.Problems.Warnings);
        Assert.Equal(["https"], result.Snapshot!.Settings.Certificates.Keys);
    }

    public void Dispose()
    {
        _shell.Signal("KILL");
        _shell.Dispose();
    }

    private static string Unindented(string page) => string.Join('\n', page.Split('\n').Select(static line => line.StartsWith("   ", StringComparison.Ordinal) ? line[3..] : line));

    private static async Task<bool> IsServingAsync(Uri address)
    {
        try
        {
            using var client = await RawHttpClient.ConnectAsync(address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
