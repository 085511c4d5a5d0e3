using System.Text;
using System.Text.Json;
using Proxy.Commands;
using Proxy.Commands.Demo;
using Proxy.Tests.Configuration;

namespace Proxy.Tests.Commands.Explain;

public sealed class ExplainCommandTests : IDisposable
{
    private const string Secret = ConfigurationDirectory.Secret;
    private const string ByProvider = "--provider tawk --secret env:TAWK";

    private readonly ConfigurationDirectory _directory = new();

    [Theory]
    [InlineData(ByProvider)]
    [InlineData("--config main.json --route tawk")]
    public async Task Genuine_IsVerifiedWithTheNameOfItsSecret(string who)
    {
        _directory.Write("main.json", ConfigurationDirectory.Valid);
        Write("{}", "{}");
        var run = await ExplainAsync($"{who} --headers headers --body body");
        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.StartsWith("verdict       verified with the secret '", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_NamesReasonContentAndCause()
    {
        Write("{\"a\": 1}", "{\"a\":1}");
        var run = await ExplainAsync($"{ByProvider} --request request");
        Assert.Equal(ExitCode.NotVerified, run.Code);
        Assert.Contains("not verified: signature_mismatch", run.Output, StringComparison.Ordinal);
        Assert.Contains("json-reserialised: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("8 bytes", run.Output, StringComparison.Ordinal);
        Assert.Contains("consumer", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretsAndSignatures_ArePrintedOnPurposeOnly()
    {
        Write("{ }", "{}");
        var expected = ProviderSignature.Tawk(Secret, "{ }"u8).Value;
        foreach (var format in new[] { "", "--json" })
        {
            var quiet = await ExplainAsync($"{ByProvider} --request request {format}");
            var shown = await ExplainAsync($"{ByProvider} --request request --show-expected {format}");
            Assert.DoesNotContain(expected, quiet.Output, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(expected, shown.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(ProviderSignature.Tawk(Secret, "{}"u8).Value, quiet.Output + shown.Output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Secret, quiet.Output + shown.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Json_HoldsTheSame()
    {
        Write("{}\n", "{}");
        using var json = JsonDocument.Parse((await ExplainAsync($"{ByProvider} --request request --json")).Output);
        Assert.False(json.RootElement.GetProperty("verified").GetBoolean());
        Assert.Equal("signature_mismatch", json.RootElement.GetProperty("reason").GetString());
        Assert.Equal("{}\\n", json.RootElement.GetProperty("content").GetProperty("last").GetString());
        Assert.Equal("final-newline", json.RootElement.GetProperty("causes")[0].GetProperty("cause").GetString());
    }

    [Fact]
    public async Task SecretOfAnotherPolicy_IsNamed()
    {
        _directory.Write("main.json", ConfigurationDirectory.Valid.Replace(
            "\"Policies\": {", "\"Policies\": { \"orders\": { \"Provider\": \"github\", \"Secrets\": { \"old\": \"literal:the secret of orders\" } },", StringComparison.Ordinal));
        Write("{}", "{}", "the secret of orders");
        var run = await ExplainAsync("--config main.json --route tawk --request request");
        Assert.Contains("secret-of-another-policy: it is signed with the secret orders/old.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Now_DecidesWhatIsTooOld()
    {
        var (name, value) = ProviderSignature.Smarterbot(Secret, "{}"u8, CommandRun.Now);
        _directory.Write("request", $"POST / HTTP/1.1\n{name}: {value}\n\n{{}}");
        var now = await ExplainAsync("--provider smarterbot --secret env:TAWK --request request");
        var later = await ExplainAsync($"--provider smarterbot --secret env:TAWK --request request --now {CommandRun.Now.AddHours(2):O}");
        Assert.Equal((ExitCode.Ok, ExitCode.NotVerified), (now.Code, later.Code));
        Assert.Contains("timestamp_too_old", later.Output, StringComparison.Ordinal);
        Assert.Contains("clock: the signed time is 02:00:00 before the clock", later.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--request not-there", "'not-there' does not exist")]
    [InlineData("--request main.json", "no HTTP message")]
    [InlineData("--request .", "may not be read")]
    [InlineData("--headers headers", "--request F, or --headers F and --body F")]
    [InlineData("--request request --body body", "--request F, or --headers F and --body F")]
    [InlineData("--headers body --body body", "line 1 is no header")]
    [InlineData("--request request --route tawk", "Give either --provider")]
    [InlineData("--request request --now soon", "RFC 3339")]
    public async Task BadInput_IsOneLineAndAUsageError(string arguments, string said)
    {
        _directory.Write("main.json", ConfigurationDirectory.Valid);
        Write("{}", "{}");
        var run = await ExplainAsync($"{ByProvider} {arguments}");
        Assert.Equal((ExitCode.Usage, ""), (run.Code, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignatureThatIsNotThere_IsNoWrongSecret()
    {
        _directory.Write("request", "POST / HTTP/1.1\nHost: example.com\n\n{}");
        var run = await ExplainAsync($"{ByProvider} --request request");
        Assert.Contains("signature_missing", run.Output, StringComparison.Ordinal);
        Assert.Contains("X-Tawk-Signature (hex): not there", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"none of the usual mistakes, alone or in pairs \([0-9]+ tried\): what the verdict says", run.Output);
    }

    [Fact]
    public async Task UnknownRoute_SuggestsTheNearest()
    {
        _directory.Write("main.json", ConfigurationDirectory.Valid);
        Write("{}", "{}");
        var run = await ExplainAsync("--config main.json --route twak --request request");
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("'tawk'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenConfiguration_IsReportedWhole()
    {
        _directory.Write("main.json", "{ \"Webhoks\": {} }");
        Write("{}", "{}");
        var run = await ExplainAsync("--config main.json --route tawk --request request");
        Assert.Equal(ExitCode.InvalidConfiguration, run.Code);
        Assert.Contains("Webhoks", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyAndBinaryBodies_AreExplained()
    {
        foreach (var body in new byte[][] { [], [0, 255, 13, 10, 26, 0] })
        {
            var (name, value) = ProviderSignature.Tawk("another secret", body);
            File.WriteAllBytes(Path.Combine(_directory.Root, "request"), [.. Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\n{name}: {value}\r\n\r\n"), .. body]);
            var run = await ExplainAsync($"{ByProvider} --request request");
            Assert.Equal((ExitCode.NotVerified, ""), (run.Code, run.Error));
            Assert.Contains("none of the usual mistakes", run.Output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Writes what was received, with the signature of what was sent.</summary>
    private void Write(string received, string sent, string secret = Secret)
    {
        var (name, value) = ProviderSignature.Tawk(secret, Encoding.UTF8.GetBytes(sent));
        _directory.Write("headers", $"{name.ToLowerInvariant()}:\n {value}\n");
        _directory.Write("body", received);
        _directory.Write("request", $"POST /tawk HTTP/1.1\n{name}: {value}\n\n{received}");
    }

    private Task<CommandRun> ExplainAsync(string arguments) => CommandRun.OfAsync(
        ["explain", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], environment: _directory.Environment, directory: _directory.Root);
}
