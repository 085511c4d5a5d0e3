using System.Text;
using System.Text.Json;
using Proxy.Commands.Explain;
using Proxy.Commands.Requests;
using Proxy.Tests.Documents;
using WebhookVerification.Catalog;

namespace Proxy.Tests.Commands.Explain;

/// <summary>A case of the catalogue's vectors that somebody published as invalid.</summary>
internal sealed record PublishedCase(string Provider, string Name, Attempt Attempt)
{
    private const string Vectors = "tests/WebhookVerification.Tests/Vectors";

    public static IEnumerable<PublishedCase> All() =>
        Directory.EnumerateFiles(Repository.PathOf(Vectors), "*.json").Order(StringComparer.Ordinal).SelectMany(Read);

    private static IEnumerable<PublishedCase> Read(string file)
    {
        var id = Path.GetFileNameWithoutExtension(file);
        Assert.True(ProviderCatalog.BuiltIn.TryGet(id, out var entry));
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. json.RootElement.GetProperty("cases").EnumerateArray()
            .Where(static vector => Text(vector, "source") != "computed" && Text(vector, "expect") != "Verified")
            .Select(vector => new PublishedCase(id, Text(vector, "name")!, ToAttempt(entry, vector)))];
    }

    private static Attempt ToAttempt(ProviderEntry entry, JsonElement vector)
    {
        var secrets = vector.GetProperty("secrets").EnumerateArray().Select(static (secret, index) => Mistake.Named(secret.GetString()!, $"secret{index}"));
        var url = WebhookUrl.Parse("url", Text(vector, "url") ?? "https://example.com/webhook");
        var headers = Members(vector, "headers").Select(static header => new KeyValuePair<string, string>(
            header.Name, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(header.Value.GetString()!))));
        var body = Text(vector, "bodyBase64") is { } base64 ? Convert.FromBase64String(base64) : Encoding.UTF8.GetBytes(Text(vector, "body") ?? "");
        return new Attempt
        {
            Provider = entry.Id,
            Scheme = entry.Definition!.Members["scheme"],
            Inputs = new SigningInputs([.. secrets], Members(vector, "parameters").ToDictionary(static member => member.Name, static member => member.Value.GetString()!)),
            PublicUrl = Text(vector, "publicUrl"),
            Request = new CapturedRequest(Text(vector, "method") ?? "POST", url.Target, [.. headers], body),
            Now = DateTimeOffset.FromUnixTimeSeconds(vector.TryGetProperty("now", out var now) ? now.GetInt64() : 0),
            MaxAge = entry.Tolerance ?? TimeSpan.FromMinutes(5),
        };
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out var members) ? members.EnumerateObject() : default;

    private static string? Text(JsonElement vector, string name) => vector.TryGetProperty(name, out var text) ? text.GetString() : null;
}
