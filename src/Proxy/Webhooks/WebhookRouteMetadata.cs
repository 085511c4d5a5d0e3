using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Proxy.Webhooks;

/// <summary>
/// A route's metadata for YARP, and with it our own route. What YARP matched thereby names the policy of the very same
/// configuration: no look-up, and no moment in which the two could be of different ones.
/// </summary>
internal sealed class WebhookRouteMetadata(IReadOnlyDictionary<string, string> entries, WebhookRoute route) : IReadOnlyDictionary<string, string>
{
    public WebhookRoute Route { get; } = route;

    public int Count => entries.Count;

    public IEnumerable<string> Keys => entries.Keys;

    public IEnumerable<string> Values => entries.Values;

    public string this[string key] => entries[key];

    public bool ContainsKey(string key) => entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => entries.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
