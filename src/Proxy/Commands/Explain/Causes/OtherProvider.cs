using WebhookVerification.Catalog;

namespace Proxy.Commands.Explain.Causes;

/// <summary>The request is another provider's, or this one's in another version.</summary>
internal sealed class OtherProvider : ICause
{
    public string Name => "other-provider";

    public string Advice => "Name that provider in the policy, if its documents describe the sender.";

    public Place Place => Place.Proxy;

    public IEnumerable<Variation> Vary(Attempt attempt) => attempt.Catalog.Entries
        .Where(entry => entry.Id != attempt.Provider)
        .Select(entry => new Variation(
            $"it is signed as {entry.Name} signs (provider \"{entry.Id}\")",
            attempt with
            {
                Provider = entry.Id,
                Scheme = entry.Definition!.Members["scheme"],
                Inputs = attempt.Inputs with { Parameters = Declared(entry.Scheme, attempt.Inputs.Parameters) },
            }));

    /// <summary>What both providers ask for by the same name; anything else would be an unknown parameter.</summary>
    private static Dictionary<string, string> Declared(Scheme scheme, IReadOnlyDictionary<string, string> given) =>
        given.Where(parameter => scheme.Parameters.Any(declared => declared.Name.Equals(parameter.Key, StringComparison.OrdinalIgnoreCase))).ToDictionary();
}
