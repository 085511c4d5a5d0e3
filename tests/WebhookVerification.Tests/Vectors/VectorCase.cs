using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using WebhookVerification.Catalog;

namespace WebhookVerification.Tests.Vectors;

/// <summary>One request with a known verdict, as Vectors/ID.json holds it.</summary>
public record VectorCase
{
    /// <summary>What a published case expects that names no reason: anything but "verified".</summary>
    public const string Refused = "Refused";

    protected static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    public required string Name { get; init; }

    /// <summary>Who published it; "computed" for those of tests/vectors.</summary>
    public required string Source { get; init; }

    public required IReadOnlyList<string> Secrets { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The policy's; default: none.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The policy's; default: the entry's tolerance, else five minutes.</summary>
    public TimeSpan? MaxAge { get; init; }

    public BodyTimestampMode BodyTimestamp { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>As the sender called it.</summary>
    public string Url { get; init; } = "https://example.com/webhook";

    /// <summary>A value, or an array of values for a header that stands there several times.</summary>
    public IReadOnlyDictionary<string, JsonElement> Headers { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>As UTF-8.</summary>
    public string? Body { get; init; }

    public byte[]? BodyBase64 { get; init; }

    public Repeated? BodyRepeat { get; init; }

    /// <summary>The verifier's clock in Unix seconds; any where no time is judged.</summary>
    public long Now { get; init; }

    /// <summary>The name of an outcome, or "Refused".</summary>
    public required string Expect { get; init; }

    public static string Directory => Path.Combine(AppContext.BaseDirectory, "Vectors");

    public static IReadOnlyList<VectorCase> Load(string id) =>
        JsonSerializer.Deserialize<VectorFile>(File.ReadAllBytes(Path.Combine(Directory, id + ".json")), Format)!.Cases;

    internal bool Fits(VerificationOutcome outcome) =>
        Expect == Refused ? outcome != VerificationOutcome.Verified : Expect == outcome.ToString();

    /// <summary>A policy with every default of the entry.</summary>
    internal VerifierOptions Options(ProviderEntry entry) => new()
    {
        Secrets = [.. Secrets.Select(static (value, index) => new Secret($"secret{index}", Encoding.UTF8.GetBytes(value)))],
        Parameters = Parameters,
        MaxAge = MaxAge ?? entry.Tolerance ?? TimeSpan.FromMinutes(5),
        PublicUrl = PublicUrl,
        BodyTimestamp = BodyTimestamp,
    };

    internal TestRequest Request()
    {
        var path = Url.IndexOf('/', Url.IndexOf("://", StringComparison.Ordinal) + 3);
        var request = new TestRequest { Method = Method, Target = path < 0 ? "/" : Url[path..] };
        foreach (var (name, value) in Headers)
        {
            foreach (var line in value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value })
            {
                // As a host shows a header that was sent in UTF-8.
                request.With(name, Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(line.GetString()!)));
            }
        }

        return request;
    }

    internal byte[] BodyBytes() =>
        BodyBase64 ?? Encoding.UTF8.GetBytes(BodyRepeat is { } repeated ? string.Concat(Enumerable.Repeat(repeated.Text, repeated.Count)) : Body ?? "");

    public sealed record Repeated(string Text, int Count);

    private sealed record VectorFile(IReadOnlyList<VectorCase> Cases);
}
