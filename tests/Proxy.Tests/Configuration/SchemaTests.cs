using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Proxy.Tests.Configuration;

/// <summary>
/// Compares the JSON Schema with the reader, both ways. A configuration is made from the schema that has an unknown key in every
/// object and an unknown value for every enumeration; the errors then list what the reader holds legal, place by place.
/// </summary>
public sealed partial class SchemaTests : IDisposable
{
    private const string Wrong = "zzz";

    private readonly ConfigurationDirectory _directory = new();
    private readonly JsonObject _schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "config", "appsettings.schema.json")))!.AsObject();
    private readonly SortedDictionary<string, string> _expected = new(StringComparer.Ordinal);

    [Fact]
    public void SchemaAndReader_KnowTheSameKeysAndValues()
    {
        var configuration = Specimen(_schema, "$")!;
        var errors = _directory.LoadText(configuration.ToJsonString()).Problems.Errors;

        var actual = errors
            .Select(error => (error.Path, Legal: Listed().Match(error.Message).Groups[1].Value))
            .Where(error => error.Legal.Length > 0)
            .ToDictionary(error => error.Path, error => Sorted(error.Legal.Split(", ")));
        Assert.Equal(_expected, new SortedDictionary<string, string>(actual, StringComparer.Ordinal));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>An instance of a schema with something wrong in it; null where there is nothing to compare.</summary>
    private JsonNode? Specimen(JsonObject schema, string path)
    {
        schema = Resolve(schema);
        if (schema["enum"] is JsonArray values)
        {
            _expected[path] = Sorted(values.Select(value => (string)value!));
            return Wrong;
        }

        if (schema["properties"] is JsonObject properties)
        {
            var keys = properties.Select(property => property.Key).Where(key => key is not ("$schema" or "$comment"));
            _expected[$"{path}.{Wrong}"] = Sorted(keys);
            var specimen = new JsonObject { [Wrong] = 0 };
            foreach (var (name, property) in properties)
            {
                if (Specimen(property!.AsObject(), $"{path}.{name}") is { } value)
                {
                    specimen[name] = value;
                }
            }

            return specimen;
        }

        return schema["additionalProperties"] is JsonObject entries && Specimen(entries, $"{path}.x") is { } entry
            ? new JsonObject { ["x"] = entry }
            : null;
    }

    /// <summary>Follows a reference within the schema; what other schemas describe is theirs.</summary>
    private JsonObject Resolve(JsonObject schema) => (string?)schema["$ref"] is { } reference && reference.StartsWith("#/", StringComparison.Ordinal)
        ? reference[2..].Split('/').Aggregate((JsonNode)_schema, static (node, name) => node[name]!).AsObject()
        : schema;

    private static string Sorted(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"(?:Legal keys: |expected one of )(.*?)\.(?: Did you mean|$)")]
    private static partial Regex Listed();
}
