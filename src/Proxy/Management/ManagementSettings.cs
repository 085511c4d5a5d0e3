using WebhookVerification;

namespace Proxy.Management;

/// <summary>The section <c>Management</c>: where the second listener listens, and whom it answers.</summary>
/// <param name="Url">One address: scheme, host and port, 0 for any free one. Default <c>http://127.0.0.1:8081</c>.</param>
/// <param name="AllowRemote">Whether an address other than loopback is legal. Default false.</param>
/// <param name="Token">Bearer token that everything but the two probes asks for; null, the default, for none.</param>
internal sealed record ManagementSettings(string Url, bool AllowRemote, Secret? Token)
{
    /// <summary>The address used where the configuration names none.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8081";
}
