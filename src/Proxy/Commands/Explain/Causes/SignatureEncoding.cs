using System.Text.Json.Nodes;

namespace Proxy.Commands.Explain.Causes;

/// <summary>Hex where base64 is expected, or the other way round.</summary>
internal sealed class SignatureEncoding : ICause
{
    private static readonly string[] Encodings = ["hex", "base64", "base64url", "base64-hex"];

    public string Name => "signature-encoding";

    public string Advice => "Write the signature the way the provider's entry says, or name the provider that really sends this.";

    public Place Place => Place.Sender;

    public IEnumerable<Variation> Vary(Attempt attempt) =>
        attempt.SchemeText("signature", "encoding") is { } current
            ? Encodings.Where(encoding => encoding != current).Select(encoding => new Variation(
                $"the signature is written in {encoding}; {current} is expected",
                attempt.WithScheme(new JsonObject { ["signature"] = new JsonObject { ["encoding"] = encoding } })))
            : [];
}
