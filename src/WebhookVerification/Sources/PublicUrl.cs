using System.Globalization;
using System.Text;

namespace WebhookVerification.Sources;

/// <summary>
/// The URL that the provider was told to call, for schemes that sign it. Kept as text, because what was signed is the text;
/// nothing of a request but its raw target ever joins it.
/// </summary>
internal sealed class PublicUrl
{
    private PublicUrl(string text, string path, string withPort, string withoutPort)
    {
        // A lone "/" is how libraries write "no path"; the request's own begins with one.
        HasPath = path is not ("" or "/");
        Path = Encoding.UTF8.GetBytes(path);
        AsGiven = Encoding.UTF8.GetBytes(text);
        (Plain, WithPort, WithoutPort) = (Front(text), Front(withPort), Front(withoutPort));
    }

    /// <summary>Whether it stands for the route's path; else the request's own path follows it.</summary>
    public bool HasPath { get; }

    /// <summary>The path alone.</summary>
    public byte[] Path { get; }

    /// <summary>Byte for byte what the policy says.</summary>
    public byte[] AsGiven { get; }

    /// <summary>What stands before the request's path, or in its place.</summary>
    public byte[] Plain { get; }

    /// <summary>As <see cref="Plain"/>, with the scheme's default port where none is given.</summary>
    public byte[] WithPort { get; }

    /// <summary>As <see cref="Plain"/>, without any port.</summary>
    public byte[] WithoutPort { get; }

    /// <summary>Null for anything but an absolute http or https URL without fragment.</summary>
    public static PublicUrl? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0 || text.Contains('#', StringComparison.Ordinal) || text.Any(static c => c is <= ' ' or >= '\x7f'))
        {
            return null;
        }

        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = text.IndexOfAny(['/', '?'], start) is >= 0 and var slash ? slash : text.Length;

        // Behind user information and an IPv6 address, both of which have colons of their own.
        var host = text.LastIndexOf('@', end - 1, end - start) is >= 0 and var at ? at : start;
        host = text.IndexOf(']', host, end - host) is >= 0 and var bracket ? bracket : host;
        var colon = text.IndexOf(':', host, end - host);
        var withoutPort = colon < 0 ? text : text[..colon] + text[end..];
        var withPort = colon < 0 ? string.Create(CultureInfo.InvariantCulture, $"{text[..end]}:{uri.Port}{text[end..]}") : text;
        return new PublicUrl(text, text[end..], withPort, withoutPort);
    }

    private byte[] Front(string url) => Encoding.UTF8.GetBytes(HasPath ? url : url.TrimEnd('/'));
}
