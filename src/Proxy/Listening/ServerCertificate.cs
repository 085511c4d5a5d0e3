using System.Net.Security;

namespace Proxy.Listening;

/// <summary>A certificate with its key and its intermediates, ready for handshakes. Immutable.</summary>
/// <param name="Context">What handshakes use; made once, for it holds the sessions that clients resume.</param>
/// <param name="Revision">A digest of what it was made of.</param>
internal sealed record ServerCertificate(SslStreamCertificateContext Context, string Revision);
