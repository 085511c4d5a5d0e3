using Proxy.Commands;

namespace Proxy.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("chek", "'chek'. Did you mean 'check'?")]
    [InlineData("--url", "'--url'. Did you mean '--urls'?")]
    [InlineData("check --conect", "'--conect'. Did you mean '--connect'?")]
    [InlineData("something-else", "'something-else'.")]
    [InlineData("providers --jsn", "'--jsn'. Did you mean '--json'?")]
    [InlineData("providers tawk --jsno", "'--jsno'. Did you mean '--json'?")]
    [InlineData("sign --provider tawk --secret s --timestmp 5", "'--timestmp'. Did you mean '--timestamp'?")]
    [InlineData("sign --provider tawk --secret --timestmp 5", "'--timestmp'. Did you mean '--timestamp'?")]
    [InlineData("send http://127.0.0.1:1 --provider tawk --secret s --cuont=2", "'--cuont'. Did you mean '--count'?")]
    [InlineData("demo -once", "'-once'. Did you mean '--once'?")]
    public async Task UnknownWord_SuggestsTheNearestVerbOrOption(string arguments, string expected)
    {
        var run = await CommandRun.OfAsync(arguments);

        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Equal($"Unrecognized command or argument {expected}\nSee --help.\n", run.Error);
    }

    [Theory]
    [InlineData("--secret=--a-secret")]
    [InlineData("--secret", "-----BEGIN PUBLIC KEY-----")]
    [InlineData("--secret", "literal:--a-secret")]
    public async Task ValueThatBeginsWithHyphens_CanBeGiven(params string[] secret)
    {
        var run = await CommandRun.OfAsync(["sign", "--provider", "tawk", .. secret], "{}"u8.ToArray());

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
    }
}
