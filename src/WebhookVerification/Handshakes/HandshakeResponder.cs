using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification.Handshakes;

/// <summary>Answers the handshakes that stand at one point of a request's way: before its signature, or after.</summary>
/// <param name="handshakes">In the order in which they are tried.</param>
/// <param name="key">Of the first secret: computed answers are made with it.</param>
internal sealed class HandshakeResponder(IEnumerable<Handshake> handshakes, VerificationKey key)
{
    private readonly Handshake[] _handshakes = [.. handshakes];

    public bool IsEmpty => _handshakes.Length == 0;

    public HandshakeResult Answer(in RequestView view)
    {
        foreach (var handshake in _handshakes)
        {
            var result = handshake.Answer(view, key);
            if (result.Outcome != HandshakeOutcome.NotAHandshake)
            {
                return result;
            }
        }

        return default;
    }
}
