using Proxy.Commands;

namespace Proxy.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("chek", "'chek'. Did you mean 'check'?")]
    [InlineData("--url", "'--url'. Did you mean '--urls'?")]
    [InlineData("check --conect", "'--conect'. Did you mean '--connect'?")]
    [InlineData("something-else", "'something-else'.")]
    public async Task UnknownWord_SuggestsTheNearestVerbOrOption(string arguments, string expected)
    {
        var run = await CommandRun.OfAsync(arguments);

        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Equal($"Unrecognized command or argument {expected}\nSee --help.\n", run.Error);
    }
}
