using System.Security.Cryptography;
using System.Text;

namespace Proxy.Management.Status.Html;

/// <summary>
/// The page's style sheet and script. They stand in the page, so that it is one request and needs nothing else; the policy names
/// them by their hashes, so that nothing else runs even if a name in the configuration were markup.
/// </summary>
internal static class StatusAssets
{
    private static readonly string Style = Read("status.css");
    private static readonly string Script = Read("status.js");

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src {Hash(Style)}; script-src {Hash(Script)}; connect-src 'self'; img-src data:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Write(HtmlWriter html)
    {
        html.WriteTrusted($"<style>{Style}</style>\n");
        html.WriteTrusted($"<script type=\"module\">{Script}</script>\n");
    }

    private static string Hash(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    private static string Read(string name)
    {
        using var stream = typeof(StatusAssets).Assembly.GetManifestResourceStream($"status/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
