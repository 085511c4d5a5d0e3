using System.Text.Json.Nodes;

namespace Proxy.Commands.Explain.Causes;

/// <summary>SHA-1 where SHA-256 is expected, or a plain hash where an HMAC is.</summary>
internal sealed class Algorithm : ICause
{
    private static readonly string[] Keyed = ["hmac-sha256", "hmac-sha1", "hmac-sha512", "hmac-sha384", "hmac-md5"];
    private static readonly string[] Plain = ["sha256", "sha1"];

    public string Name => "algorithm";

    public string Advice => "Sign with the algorithm that the provider's entry names, or name the entry of the version that the sender uses.";

    public Place Place => Place.Sender;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        var content = (attempt.SchemeText("content") ?? "").Replace("{secret}", "", StringComparison.Ordinal);
        return content.Length == 0
            ? []
            : Keyed.Select(algorithm => Of(attempt, algorithm, content)).Concat(Plain.SelectMany(algorithm => new[]
            {
                Of(attempt, algorithm, "{secret}" + content),
                Of(attempt, algorithm, content + "{secret}"),
            }));
    }

    private static Variation Of(Attempt attempt, string algorithm, string content) => new(
        $"the signature is {algorithm} over {content}; {attempt.SchemeText("algorithm")} over {attempt.SchemeText("content")} is expected",
        attempt.WithScheme(new JsonObject { ["algorithm"] = algorithm, ["content"] = content }));
}
