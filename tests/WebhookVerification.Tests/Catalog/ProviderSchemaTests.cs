using System.Text;
using System.Text.Json;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace WebhookVerification.Tests.Catalog;

/// <summary>The schema that editors use says what the reader does.</summary>
public sealed class ProviderSchemaTests
{
    private static readonly JsonElement Schema =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "config", "provider.schema.json"))).RootElement;

    /// <summary>For each object of the schema, an entry that has it; "?" marks where an unknown key goes.</summary>
    public static TheoryData<string, string> Objects => new()
    {
        { "", """{ ? }""" },
        { "scheme", """{ "scheme": { ? } }""" },
        { "secret", """{ "scheme": { "secret": { ? } } }""" },
        { "signature", """{ "scheme": { "signature": { ? } } }""" },
        { "list", """{ "scheme": { "signature": { "list": { ? } } } }""" },
        { "timestamp", """{ "scheme": { "timestamp": { ? } } }""" },
        { "timestamp", """{ "scheme": { "bodyTimestamp": { ? } } }""" },
        { "variant", """{ "scheme": { "variants": [{ ? }] } }""" },
        { "digest", """{ "scheme": { "variants": [{ "digest": { ? } }] } }""" },
        { "parameter", """{ "scheme": { "parameters": { "p": { ? } } } }""" },
        { "handshake", """{ "scheme": { "handshakes": [{ ? }] } }""" },
        { "match", """{ "scheme": { "handshakes": [{ "match": { ? } }] } }""" },
        { "respond", """{ "scheme": { "handshakes": [{ "respond": { ? } }] } }""" },
        { "reply", """{ "reply": { ? } }""" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void MembersOfTheSchema_AreThoseOfTheReader(string definition, string entry)
    {
        var problems = new ProblemList();
        var node = SettingNode.Parse("entry", Encoding.UTF8.GetBytes(entry.Replace("?", "\"unknown-key\": 1", StringComparison.Ordinal)), null, problems)!;
        ProviderCatalog.BuiltIn.With([node], problems);
        var message = Assert.Single(problems.Errors, static error => error.Message.Contains("'unknown-key'", StringComparison.Ordinal)).Message;
        var legal = message[(message.IndexOf("Legal keys: ", StringComparison.Ordinal) + 12)..].TrimEnd('.').Split(", ");

        Assert.Equal(legal.Order(), Properties(definition).Select(static property => property.Name).Except(["$schema", "$comment"]).Order());
    }

    [Fact]
    public void EveryObjectOfTheSchema_IsCompared() =>
        Assert.Equal(
            Schema.GetProperty("$defs").EnumerateObject().Where(static definition => definition.Value.TryGetProperty("properties", out _)).Select(static definition => definition.Name).Order(),
            Objects.Select(static row => (string)row[0]).Where(static name => name.Length > 0).Distinct().Order());

    [Theory]
    [MemberData(nameof(Objects))]
    public void EveryMember_HasADescription(string definition, string entry)
    {
        _ = entry;
        Assert.All(Properties(definition), static property => Assert.True(
            Described(property.Value) || (property.Value.TryGetProperty("$ref", out var reference) && Described(Definition(reference.GetString()!.Split('/')[^1]))),
            property.Name));
    }

    [Theory]
    [InlineData("scheme", "algorithm", """{ "scheme": { "algorithm": "?" } }""")]
    [InlineData("secret", "encoding", """{ "scheme": { "secret": { "encoding": "?" } } }""")]
    [InlineData("secret", "derive", """{ "scheme": { "secret": { "derive": "?" } } }""")]
    [InlineData("signature", "encoding", """{ "scheme": { "signature": { "encoding": "?" } } }""")]
    [InlineData("timestamp", "format", """{ "scheme": { "timestamp": { "format": "?" } } }""")]
    [InlineData("digest", "hash", """{ "scheme": { "variants": [{ "digest": { "hash": "?" } }] } }""")]
    public void LegalValuesOfTheSchema_AreThoseOfTheReader(string definition, string member, string entry)
    {
        var problems = new ProblemList();
        ProviderCatalog.BuiltIn.With([SettingNode.Parse("entry", Encoding.UTF8.GetBytes(entry), null, problems)!], problems);
        var message = Assert.Single(problems.Errors, static error => error.Message.StartsWith("\"?\"", StringComparison.Ordinal)).Message;
        var legal = message[(message.IndexOf("one of ", StringComparison.Ordinal) + 7)..].TrimEnd('.').Split(", ");

        Assert.Equal(legal, Definition(definition).GetProperty("properties").GetProperty(member).GetProperty("enum").EnumerateArray().Select(static value => value.GetString()!));
    }

    private static IEnumerable<JsonProperty> Properties(string definition) => Definition(definition).GetProperty("properties").EnumerateObject();

    private static JsonElement Definition(string name) => name.Length == 0 ? Schema : Schema.GetProperty("$defs").GetProperty(name);

    private static bool Described(JsonElement element) => element.TryGetProperty("description", out var text) && text.GetString()!.Length > 10;
}
