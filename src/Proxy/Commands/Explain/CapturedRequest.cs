using Proxy.Webhooks.Forwarding;
using WebhookVerification;

namespace Proxy.Commands.Explain;

/// <summary>A request as it was received. Immutable.</summary>
/// <param name="Method">As received.</param>
/// <param name="Target">Path and query as received.</param>
/// <param name="Headers">Every field line, a character a byte.</param>
/// <param name="Body">Every byte.</param>
internal sealed record CapturedRequest(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body) : IWebhookRequest
{
    /// <summary>Whether there was a body that the capture does not hold: the proxy refused it by its headers.</summary>
    public bool IsHeadOnly => Body.IsEmpty && (Header("Transfer-Encoding") is not null || Header("Content-Length") is { } length && length.Any(static c => c is >= '1' and <= '9'));

    /// <summary>The first line of that name; null for none.</summary>
    public string? Header(string name) => GetHeader(name, out var value) > 0 ? value : null;

    /// <summary>Counts, as the proxy does, every line that an upstream may take for the header.</summary>
    public int GetHeader(string name, out string? value)
    {
        var lines = Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        value = lines.Count == 0 ? null : lines[0].Value;
        return lines.Count == 0 ? 0 : Headers.Count(header => CgiName.AreSame(header.Key, name));
    }
}
