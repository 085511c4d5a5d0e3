using Proxy.Commands;
using Proxy.Tests.Commands;

namespace Proxy.Tests.Documents;

public sealed class CommandPageTests
{
    public static TheoryData<string> Verbs => [.. CommandLine.Create().Verbs];

    [Fact]
    public void Page_IsWhatTheProgramSaysOfItself()
    {
        var page = CommandPage.Write(CommandLine.Create());
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
        {
            File.WriteAllText(Repository.PathOf(CommandPage.Path), page);
        }

        Assert.Equal(page, Repository.Read(CommandPage.Path));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_ShowsTheExample(string verb)
    {
        var run = await CommandRun.OfAsync([verb, "--help"]);
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("Example: " + Example(verb), string.Join(' ', run.Output.Split(null as char[], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    /// <summary>The verbs that serve or need a server have tests of their own, over sockets.</summary>
    [Theory]
    [InlineData("check", ExitCode.Ok)]
    [InlineData("providers", ExitCode.Ok)]
    [InlineData("sign", ExitCode.Ok)]
    [InlineData("explain", ExitCode.NotVerified)]
    public async Task Example_RunsInACheckout(string verb, int code)
    {
        var run = await ShellLine.RunAsync(Example(verb));
        Assert.True(run.Code == code, run.Error);
        Assert.NotEmpty(run.Output);
    }

    [Fact]
    public async Task SectionOnExplain_ShowsWhatIsPrinted()
    {
        var section = Repository.Section("README.md", "## Why does my signature not match?");
        var line = ShellLine.In(section);
        Assert.Equal(line.Output, (await ShellLine.RunAsync(line.Command)).Output);
    }

    private static string Example(string verb) => CommandLine.Create().Commands.Single(command => command.Name == verb).Example;
}
