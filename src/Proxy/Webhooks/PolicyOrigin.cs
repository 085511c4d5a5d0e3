using WebhookVerification;
using WebhookVerification.Settings;

namespace Proxy.Webhooks;

/// <summary>What a policy's verifier was made of. Nothing of it is printed: it holds secrets.</summary>
/// <param name="scheme">How requests are signed, as JSON.</param>
/// <param name="options">As the verifier got them.</param>
/// <param name="secrets">The resolved bytes, by name.</param>
internal sealed class PolicyOrigin(SettingNode scheme, VerifierOptions options, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> secrets)
{
    public SettingNode Scheme { get; } = scheme;

    public VerifierOptions Options { get; } = options;

    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Secrets { get; } = secrets;
}
