using System.Text;

namespace WebhookVerification.Sources;

/// <summary>What a policy adds to a scheme besides its keys. Immutable.</summary>
internal sealed class PolicyInputs
{
    private readonly Dictionary<string, byte[]> _parameters;

    public PolicyInputs(IReadOnlyDictionary<string, string> parameters, PublicUrl? url)
    {
        _parameters = parameters.ToDictionary(
            static given => given.Key, static given => Encoding.UTF8.GetBytes(given.Value), StringComparer.OrdinalIgnoreCase);
        Url = url;
    }

    /// <summary>Null where the policy names none; the verifier is then of a scheme that needs none.</summary>
    public PublicUrl? Url { get; }

    /// <summary>Null for an optional parameter that the policy leaves out.</summary>
    public byte[]? Parameter(string name) => _parameters.GetValueOrDefault(name);
}
