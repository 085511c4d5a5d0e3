namespace Proxy.Commands.Explain.Causes;

/// <summary>Two policies' secrets were mixed up.</summary>
internal sealed class SecretOfAnotherPolicy : ICause
{
    public string Name => "secret-of-another-policy";

    public string Advice => "Give this policy the secret that signed, or send the webhook to the other policy's route.";

    public Place Place => Place.Proxy;

    public IEnumerable<Variation> Vary(Attempt attempt) =>
        attempt.OtherSecrets.Select(secret => new Variation($"it is signed with the secret {secret.Name}", attempt.WithSecrets([secret])));
}
