using System.Globalization;
using System.Text.Json.Nodes;
using Proxy.Tests.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Proxy.Tests.Deployment;

/// <summary>The documents of a YAML file of the checkout, read strictly: a key that stands twice is an error.</summary>
internal static class YamlFile
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().WithDuplicateKeyChecking().Build();
    private static readonly ISerializer Writer = new SerializerBuilder().JsonCompatible().Build();

    /// <summary>The only document.</summary>
    public static JsonNode Read(string relative) => Assert.Single(ReadAll(relative));

    public static IReadOnlyList<JsonNode> ReadAll(string relative)
    {
        using var text = new StringReader(Repository.Read(relative));
        var parser = new Parser(text);
        parser.Consume<StreamStart>();
        var documents = new List<JsonNode>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(JsonNode.Parse(Writer.Serialize(Reader.Deserialize(parser)))!);
        }

        return documents;
    }

    /// <summary>What stands under names and positions, joined by slashes; null where there is nothing. A name that itself has a slash writes it as <c>~</c>.</summary>
    public static JsonNode? At(this JsonNode? node, string path) => path.Split('/').Aggregate(node, static (at, name) => at switch
    {
        JsonArray items => int.Parse(name, CultureInfo.InvariantCulture) is var i && i < items.Count ? items[i] : null,
        JsonObject members => members[name.Replace('~', '/')],
        _ => null,
    });

    public static string Text(this JsonNode? node, string path) =>
        node.At(path)?.ToString() ?? throw new InvalidOperationException($"Nothing stands at {path}.");

    public static int Number(this JsonNode? node, string path) => int.Parse(node.Text(path), CultureInfo.InvariantCulture);

    public static IEnumerable<JsonNode> Items(this JsonNode? node, string path) => (node.At(path) as JsonArray ?? []).Select(static item => item!);

    public static IEnumerable<string> Texts(this JsonNode? node, string path) => node.Items(path).Select(static item => item.ToString());

    public static IReadOnlyDictionary<string, JsonNode> Members(this JsonNode? node, string path) =>
        (node.At(path) as JsonObject ?? []).ToDictionary(static member => member.Key, static member => member.Value!);

    /// <summary>Whether every label of <paramref name="selector"/> is one of <paramref name="labels"/>.</summary>
    public static bool Selects(this JsonNode? selector, JsonNode? labels) =>
        selector is JsonObject { Count: > 0 } wanted && wanted.All(label => labels.At(label.Key.Replace('/', '~'))?.ToString() == label.Value!.ToString());
}
