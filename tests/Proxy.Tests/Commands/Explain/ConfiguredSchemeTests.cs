using System.Security.Cryptography;
using System.Text;
using Proxy.Commands;
using Proxy.Commands.Demo;
using Proxy.Tests.Configuration;

namespace Proxy.Tests.Commands.Explain;

/// <summary>Providers that only a configuration knows: a policy's own scheme, and a file of its catalogue.</summary>
public sealed class ConfiguredSchemeTests : IDisposable
{
    private const string Scheme = """{ "algorithm": "hmac-sha256", "signature": { "in": "header:X-Acme", "encoding": "hex" }, "content": "acme:{body}" }""";
    private const string Secret = ConfigurationDirectory.Secret;

    private readonly ConfigurationDirectory _directory = new();

    public static TheoryData<string, string> Configurations => new()
    {
        { "custom", ConfigurationDirectory.Valid.Replace("\"Provider\": \"tawk\"", $"\"Scheme\": {Scheme}", StringComparison.Ordinal) },
        {
            "acme",
            ConfigurationDirectory.Valid.Replace("\"Provider\": \"tawk\"", "\"Provider\": \"acme\"", StringComparison.Ordinal)
                .Replace("\"Webhooks\": {", "\"Webhooks\": { \"Catalog\": [\"own-*.json\"],", StringComparison.Ordinal)
        },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task Genuine_IsVerified(string provider, string configuration)
    {
        var run = await ExplainAsync(configuration, Message("{}", Secret));
        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.Contains($"provider      {provider} (hmac-sha256)", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task Forged_NamesContentPlaceAndCause(string provider, string configuration)
    {
        var run = await ExplainAsync(configuration, Message("{}", Secret + "\n"));
        Assert.Equal((ExitCode.NotVerified, ""), (run.Code, run.Error));
        Assert.Contains($"provider      {provider} ", run.Output, StringComparison.Ordinal);
        Assert.Contains("content       acme:{body}", run.Output, StringComparison.Ordinal);
        Assert.Contains("first       acme:{}", run.Output, StringComparison.Ordinal);
        Assert.Contains("signature in  header:X-Acme (hex): X-Acme has 64 characters", run.Output, StringComparison.Ordinal);
        Assert.Contains("cause         secret-newline: ", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The other provider may be one of the operator's own.</summary>
    [Fact]
    public async Task SignedAsAnEntryOfTheCatalogueFile_IsFound()
    {
        var configuration = ConfigurationDirectory.Valid.Replace("\"Webhooks\": {", "\"Webhooks\": { \"Catalog\": [\"own-*.json\"],", StringComparison.Ordinal);
        var run = await ExplainAsync(configuration, Message("{}", Secret));
        Assert.Contains("cause         other-provider: it is signed as Acme Ltd. signs (provider \"acme\").", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Outside a configuration, there is no such provider.</summary>
    [Fact]
    public async Task SignedAsTheBuiltInProvider_IsFoundFromAScheme()
    {
        var (name, value) = ProviderSignature.Chatbase(Secret, "{}"u8);
        var run = await ExplainAsync(Configurations.Select(static row => (string)row[1]).First(), $"POST /tawk HTTP/1.1\n{name}: {value}\n\n{{}}");
        Assert.Contains("(provider \"chatbase\")", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static string Message(string body, string secret) =>
        $"POST /tawk HTTP/1.1\nX-Acme: {Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("acme:" + body)))}\n\n{body}";

    private Task<CommandRun> ExplainAsync(string configuration, string message)
    {
        _directory.Write("main.json", configuration);
        _directory.Write("own-acme.json", $$"""{ "id": "acme", "name": "Acme Ltd.", "scheme": {{Scheme}} }""");
        _directory.Write("request", message);
        return CommandRun.OfAsync(
            "explain --config main.json --route tawk --request request".Split(' '), environment: _directory.Environment, directory: _directory.Root);
    }
}
