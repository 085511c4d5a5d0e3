using System.Text;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests.Catalog;

public sealed class ProviderCatalogTests
{
    [Fact]
    public void BuiltInCatalogue_HasTheFirstFourProviders() =>
        Assert.All(["tawk", "chatbase", "smarterbot", "protocol"], id => Assert.True(ProviderCatalog.BuiltIn.TryGet(id, out _)));

    [Fact]
    public void EmptyReply_IsAnAnswerWithoutBody()
    {
        Assert.True(ProviderCatalog.BuiltIn.TryGet("xero", out var xero));

        Assert.True(xero.Reply!.Body.IsEmpty);
    }

    [Fact]
    public void OwnEntry_StandsBesideTheBuiltInOnes()
    {
        var problems = new ProblemList();

        var catalog = ProviderCatalog.BuiltIn.With([Entry("my-own", TestScheme.HexInHeader, problems)], problems);

        Assert.Empty(problems.Errors);
        Assert.True(catalog.TryGet("my-own", out _));
        Assert.True(catalog.TryGet("tawk", out _));
        Assert.False(ProviderCatalog.BuiltIn.TryGet("my-own", out _));
    }

    [Fact]
    public void TakenId_IsAnError()
    {
        var problems = new ProblemList();

        ProviderCatalog.BuiltIn.With([Entry("tawk", TestScheme.HexInHeader, problems)], problems);

        Assert.Contains("is taken", Assert.Single(problems.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tawk")]
    [InlineData("a--b")]
    [InlineData("-a")]
    [InlineData("a_b")]
    [InlineData("custom")]
    [InlineData("none")]
    public void IllegalId_IsAnError(string id)
    {
        var problems = new ProblemList();

        ProviderCatalog.BuiltIn.With([Entry(id, TestScheme.HexInHeader, problems)], problems);

        Assert.Contains($"The id \"{id}\" is not legal", Assert.Single(problems.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryErrorOfAnEntry_NamesFilePathAndWhatIsLegal()
    {
        var problems = new ProblemList();
        ProviderCatalog.BuiltIn.With(
            [Entry("broken", """{ "algorithm": "none", "signatur": {}, "signature": { "in": "header:X", "encoding": "hx" }, "content": "{bod}" }""", problems)],
            problems);

        Assert.All(problems.Errors, error => Assert.Equal("providers/broken.json", error.Source));
        Assert.Equal(
            ["$.scheme.algorithm", "$.scheme.signature.encoding", "$.scheme.content", "$.scheme.signatur"],
            problems.Errors.Select(error => error.Path));
        Assert.Contains("hmac-sha256", problems.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'hex'?", problems.Errors[1].Message, StringComparison.Ordinal);
        Assert.Contains("{body}", problems.Errors[2].Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'signature'?", problems.Errors[3].Message, StringComparison.Ordinal);
    }

    private static SettingNode Entry(string id, string scheme, ProblemList problems) => SettingNode.Parse(
        $"providers/{id}.json", Encoding.UTF8.GetBytes($$"""{ "id": "{{id}}", "name": "N", "scheme": {{scheme}} }"""), null, problems)!;
}
