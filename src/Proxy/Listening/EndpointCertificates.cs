namespace Proxy.Listening;

/// <summary>Which certificate an endpoint shows to whom. Immutable.</summary>
/// <param name="any">For every name that is not listed, and for clients that say none; null to turn those away.</param>
/// <param name="names">By server name; <c>*.example.com</c> stands for every name below it, <c>*</c> for any.</param>
internal sealed class EndpointCertificates(ServerCertificate? any, IReadOnlyDictionary<string, ServerCertificate> names)
{
    private const string Any = "*";

    private readonly Dictionary<string, ServerCertificate> _exact = names
        .Where(static name => name.Key[0] != '*').ToDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly (string Suffix, ServerCertificate Certificate)[] _suffixes = [.. names
        .Where(static name => name.Key[0] == '*' && name.Key != Any)
        .Select(static name => (name.Key[1..], name.Value))
        .OrderByDescending(static name => name.Item1.Length)];

    private readonly ServerCertificate? _any = names.GetValueOrDefault(Any) ?? any;

    /// <summary>All of them.</summary>
    public IEnumerable<ServerCertificate> All => names.Values.Append(any).OfType<ServerCertificate>();

    /// <summary>The exact name first, then the longest that stands for names below it, as Kestrel has it.</summary>
    /// <param name="serverName">What the client asks for; empty when it does not say.</param>
    public ServerCertificate? For(string serverName)
    {
        if (_exact.TryGetValue(serverName, out var exact))
        {
            return exact;
        }

        foreach (var (suffix, certificate) in _suffixes)
        {
            if (serverName.Length > suffix.Length && serverName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return certificate;
            }
        }

        return _any;
    }
}
