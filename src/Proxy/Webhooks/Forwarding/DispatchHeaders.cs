using System.Runtime.InteropServices;
using Microsoft.Extensions.Primitives;

namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// The headers of one request that its upstream may dispatch on, in every spelling that an upstream may take for the same
/// (<see cref="CgiName"/>), in the request's order. Used for one request after the other.
/// </summary>
internal sealed class DispatchHeaders
{
    private readonly List<(string Name, StringValues Value)> _found = [];

    /// <summary>Each with the name it was looked for by.</summary>
    public ReadOnlySpan<(string Name, StringValues Value)> Found => CollectionsMarshal.AsSpan(_found);

    public void Add(string name, StringValues value) => _found.Add((name, value));

    public void Clear() => _found.Clear();
}
