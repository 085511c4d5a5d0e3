using System.Text;
using Proxy.Commands;
using Proxy.Commands.Demo;
using Proxy.Tests.Configuration;

namespace Proxy.Tests.Commands;

/// <summary>What people get wrong: one clear line on standard error, exit code 2, no stack trace. What is only unusual is no error.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Verbs = "sign|send http://127.0.0.1:1/|explain --request request";

    private static readonly string[] Faults =
    [
        "--provider tawkk --secret s => There is no provider 'tawkk'. Did you mean 'tawk'? See: proxy providers",
        "--provider stirpe --secret s => There is no provider 'stirpe'. Did you mean 'stripe'? See: proxy providers",
        "--provider tawk => --secret is required: env:NAME, file:PATH or the secret itself.",
        "--provider tawk --secret env:NOT_THERE => 'NOT_THERE' is not set",
        "--provider tawk --secret file:not-there => 'not-there'",
        "--provider tawk --secret file:. => '.'",
        "--provider tawk --secret file:empty => empty",
        "--provider tawk --secret s --parameter x => NAME=VALUE",
        "--provider tawk --secret s --parameter x=y => Unknown parameter 'x'",
        "--provider tawk --secret s --url nowhere => \"nowhere\" is no URL",
        "--provider svix --secret no-base64! => base64",
        "--provider square --secret s --url http://a.example/#x => \"http://a.example/#x\" is no URL",
    ];

    private readonly ConfigurationDirectory _directory = new();

    public BadInputTests()
    {
        var (name, value) = ProviderSignature.Tawk("s", "{}"u8);
        _directory.Write("request", $"POST /tawk HTTP/1.1\n{name}: {value}\n\n{{}}");
        _directory.Write("empty", "");
    }

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var fault in Faults.Select(static fault => fault.Split(" => ")))
            {
                foreach (var verb in Verbs.Split('|'))
                {
                    cases.Add($"{verb} {fault[0]}", fault[1]);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [InlineData("sign --provider tawk --secret s --timestamp soon", "RFC 3339")]
    [InlineData("send --provider tawk --secret s", "Required argument 'URL' missing")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --count many", "--count is a whole number from 1 to 10000000.")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --count", "--count")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --count 2 --count 3", "--count")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --concurrency 1.5", "--concurrency is a whole number from 1 to 1000.")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --rate fast", "--rate is a number from 0.001 to 1000000.")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --forge bodi", "--forge: \"bodi\" is not legal; expected none, body, signature, secret, timestamp, replay. Did you mean 'body'?")]
    [InlineData("run --log-format xml", "--log-format: \"xml\" is not legal; expected text, json.")]
    [InlineData("sign --provider tawk --secret s --timestamp", "--timestamp")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --method a:b", "--method: \"a:b\" is no method; expected a word such as POST.")]
    [InlineData("sign --provider tawk --secret s --method a:b", "--method: \"a:b\" is no method; expected a word such as POST.")]
    [InlineData("send nowhere --provider tawk --secret s", "URL: \"nowhere\" is no URL")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --body not-there", "--body: the file 'not-there' does not exist.")]
    [InlineData("send http://127.0.0.1:1/ --provider tawk --secret s --body .", "--body: the file '.' may not be read, or is a directory.")]
    [InlineData("explain --provider tawk --secret s --request not-there", "--request: the file 'not-there' does not exist.")]
    [InlineData("explain --provider tawk --secret s --headers not-there --body empty", "--headers: the file 'not-there' does not exist.")]
    [InlineData("explain --provider tawk --secret s --headers empty --body not-there", "--body: the file 'not-there' does not exist.")]
    [InlineData("explain --provider tawk --secret s --request empty", "empty is no HTTP message")]
    [InlineData("explain --provider tawk --secret s --request binary", "binary is no HTTP message")]
    [InlineData("explain --provider tawk --secret s --request head", "head is no HTTP message")]
    [InlineData("explain --provider tawk --secret s --request no-header", "no-header: line 3 is no header")]
    [InlineData("explain --provider tawk --secret s --request folded-first", "folded-first: line 2 is no header")]
    [InlineData("explain --provider tawk --secret s", "Give either --request F, or --headers F and --body F.")]
    [InlineData("explain --route tawk --provider tawk --request request", "Give either --provider ID and --secret REF, or --config F and --route ID.")]
    [InlineData("providers tawkk", "There is no provider 'tawkk'. Did you mean 'tawk'?")]
    public async Task BadInput_IsOneClearLine(string arguments, string said)
    {
        File.WriteAllBytes(Path.Combine(_directory.Root, "binary"), [0, 255, 13, 10, 26, 10]);
        _directory.Write("head", "POST / HTTP/1.1\nA: 1");
        _directory.Write("no-header", "POST / HTTP/1.1\nA: 1\nnothing\n\n{}");
        _directory.Write("folded-first", "POST / HTTP/1.1\n folded: 1\n\n{}");
        var run = await RunAsync(arguments);
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => line != "See --help.");
        Assert.Contains(said, line, StringComparison.Ordinal);
    }

    /// <summary>Wrong case and folded lines are legal, or were when the capture was made; empty and binary bodies are bodies.</summary>
    [Theory]
    [InlineData("x-TAWK-signature: {0}\n", "{}")]
    [InlineData("X-Tawk-Signature:\r\n\t{0}\r\nX-Other: a\r\n b\r\n", "{}")]
    [InlineData("X-Tawk-Signature: {0}\n", "")]
    [InlineData("X-Tawk-Signature: {0}\n", "\0\u0001\u007f\r\n\u001a")]
    public async Task UnusualInput_IsVerified(string headers, string body)
    {
        var signature = ProviderSignature.Tawk("s", Encoding.UTF8.GetBytes(body)).Value;
        _directory.Write("headers", string.Format(null, headers, signature));
        _directory.Write("body", body);
        var run = await RunAsync("explain --provider tawk --secret s --headers headers --body body");
        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
    }

    public void Dispose() => _directory.Dispose();

    private Task<CommandRun> RunAsync(string arguments) => CommandRun.OfAsync(
        arguments.Split(' '), "{}"u8.ToArray(), new() { ["TAWK"] = "s" }, _directory.Root);
}
