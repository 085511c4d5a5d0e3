using System.Buffers;
using Microsoft.Net.Http.Headers;
using Proxy.Webhooks.Forwarding;

namespace Proxy.Webhooks.Messages;

/// <summary>
/// What the names of a message's headers are made of. Honest senders' are letters, digits and hyphens; a name with anything else may
/// be, to the upstream, another header's (<see cref="CgiName"/>).
/// </summary>
internal enum NameScan
{
    /// <summary>Not looked at.</summary>
    None = 0,

    /// <summary>Names that are no other's.</summary>
    Plain,

    /// <summary>A name that may be taken for another's.</summary>
    Odd,

    /// <summary>A name that may be taken for one that frames the message.</summary>
    Framing,
}

/// <summary>Adds names up, so that only odd ones cost more.</summary>
internal static class NameScanExtensions
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The worse of what was found so far and <paramref name="name"/>.</summary>
    public static NameScan With(this NameScan names, string name) =>
        names == NameScan.Framing || !name.AsSpan().ContainsAnyExcept(Plain) ? names
        : CgiName.AreSame(name, HeaderNames.ContentLength) || CgiName.AreSame(name, HeaderNames.TransferEncoding) ? NameScan.Framing
        : NameScan.Odd;
}
