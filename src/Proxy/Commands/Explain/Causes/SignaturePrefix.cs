using System.Text.Json.Nodes;

namespace Proxy.Commands.Explain.Causes;

/// <summary>No "sha256=" where one is expected, or one where none is.</summary>
internal sealed class SignaturePrefix : ICause
{
    private static readonly string[] Prefixes =
        ["", "sha256=", "sha1=", "sha512=", "v0=", "v1=", "v1,", "hmac-sha256=", "hmac=", "sha256= ", "HMAC ", "HMAC-SHA256 ", "Bearer ", "SHA256 "];

    public string Name => "signature-prefix";

    public string Advice => "Put exactly the prefix before the signature that the provider's entry names, if it names one.";

    public Place Place => Place.Sender;

    public IEnumerable<Variation> Vary(Attempt attempt) =>
        Prefixes.Where(prefix => prefix != (attempt.SchemeText("signature", "prefix") ?? "")).Select(prefix => new Variation(
            prefix.Length == 0 ? "the signature stands there without its prefix" : $"\"{prefix}\" stands before the signature",
            attempt.WithScheme(new JsonObject { ["signature"] = new JsonObject { ["prefix"] = prefix, ["list"] = null } })));
}
