using Proxy.Commands.Requests;

namespace Proxy.Commands.Explain.Causes;

/// <summary>White space or quotes came along when the proxy's secret was written down.</summary>
internal sealed class SecretWhitespace : ICause
{
    public string Name => "secret-whitespace";

    public string Advice => "Take the white space, or the quotes, around the proxy's secret away: of a file, exactly one newline at its end is ignored.";

    public Place Place => Place.Proxy;

    public IEnumerable<Variation> Vary(Attempt attempt) =>
    [
        new("the secret as configured has white space around it", With(attempt, " \t\r\n"u8.ToArray())),
        new("the secret as configured has quotes around it", With(attempt, " \t\r\n\"'"u8.ToArray())),
    ];

    private static Attempt With(Attempt attempt, byte[] around) =>
        attempt.WithSecrets(attempt.Inputs.Secrets.Select(secret => new NamedSecret(secret.Name, secret.Value.Trim(around))));
}
