using System.Text;
using System.Text.Json;
using Proxy.Commands;
using Proxy.Commands.Providers;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Tests.Commands;

public sealed class ProvidersCommandTests
{
    [Fact]
    public void Json_IsEveryEntryAsItCanBeReadAgain()
    {
        var (code, output, _) = Run(id: null, json: true);
        Assert.Equal(ExitCode.Ok, code);
        var problems = new ProblemList();
        var array = SettingNode.Parse("output", Encoding.UTF8.GetBytes(output), baseDirectory: null, problems)!;
        Assert.Equal(ProviderCatalog.BuiltIn.Ids, array.Items.Select(static entry => entry.Members["id"].Text));
        Assert.Empty(problems.Errors);
    }

    [Fact]
    public void JsonOfOne_IsAnArrayOfOne()
    {
        using var array = JsonDocument.Parse(Run("tawk", json: true).Output);
        Assert.Equal("tawk", Assert.Single(array.RootElement.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public void List_NamesEveryProvider()
    {
        var lines = Run(id: null, json: false).Output.Split('\n');
        Assert.All(ProviderCatalog.BuiltIn.Ids, id => Assert.Contains(lines, line => line.StartsWith(id + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void ExampleOfEveryEntry_NamesItsProviderAndIsJson()
    {
        foreach (var id in ProviderCatalog.BuiltIn.Ids)
        {
            var page = Run(id, json: false).Output;
            using var policy = JsonDocument.Parse(page[page.IndexOf("\n{", StringComparison.Ordinal)..]);
            Assert.Equal(id, policy.RootElement.GetProperty(id).GetProperty("Provider").GetString());
        }
    }

    [Fact]
    public void UnknownId_SuggestsTheNearestAndIsAUsageError()
    {
        var (code, output, error) = Run("chatbse", json: false);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Empty(output);
        Assert.Contains("'chatbase'", error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(string? id, bool json)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (ProvidersCommand.Run(id, json, output, error, isTerminal: false), output.ToString(), error.ToString());
    }
}
