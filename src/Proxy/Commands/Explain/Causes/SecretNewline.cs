using Proxy.Commands.Requests;

namespace Proxy.Commands.Explain.Causes;

/// <summary>The sender's secret was pasted, or read from a file, together with the newline at its end.</summary>
internal sealed class SecretNewline : ICause
{
    public string Name => "secret-newline";

    public string Advice => "Store the secret without the newline at its end, on the side that signs: 'printf %s', not 'echo'.";

    public Place Place => Place.Sender;

    public IEnumerable<Variation> Vary(Attempt attempt) =>
    [
        new("the secret that signed ends with a newline", With(attempt, "\n"u8.ToArray())),
        new("the secret that signed ends with a carriage return and a newline", With(attempt, "\r\n"u8.ToArray())),
    ];

    private static Attempt With(Attempt attempt, byte[] end) =>
        attempt.WithSecrets(attempt.Inputs.Secrets.Select(secret => new NamedSecret(secret.Name, (byte[])[.. secret.Value.Span, .. end])));
}
