using System.Text.Json.Nodes;

namespace Proxy.Commands.Explain.Causes;

/// <summary>A secret that looks like hex or base64: decoded by one side, used as text by the other.</summary>
internal sealed class SecretEncoding : ICause
{
    private static readonly (string Encoding, string Verb)[] Readings =
        [("utf8", "used as text"), ("base64", "decoded from base64"), ("hex", "decoded from hexadecimal digits")];

    public string Name => "secret-encoding";

    public string Advice => "Make both sides turn the secret's text into key bytes the way the provider's documents say.";

    public Place Place => Place.Sender;

    public IEnumerable<Variation> Vary(Attempt attempt) =>
        from reading in Readings
        from prefix in new[] { null, "whsec_" }
        select new Variation(
            $"the sender's key is the secret {reading.Verb}{(prefix is null ? "" : $" without its {prefix}")}",
            attempt.WithScheme(new JsonObject { ["secret"] = new JsonObject { ["encoding"] = reading.Encoding, ["prefix"] = prefix } }));
}
