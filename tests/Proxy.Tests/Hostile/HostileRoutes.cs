using System.Globalization;
using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>One route for each way of signing, every one with a key of its own, and the proxy in front of them.</summary>
internal static class HostileRoutes
{
    /// <summary>What the operator gave to providers that sign their URL.</summary>
    public const string Public = "https://hooks.example.com";

    /// <summary>Of the route <c>meta</c>, for its unsigned handshake.</summary>
    public const string VerifyToken = "verify-token-of-the-operator";

    /// <summary>The route whose policy is in Report mode, with the scheme of tawk.</summary>
    public const string Reporting = "reporting";

    /// <summary>Ids of the catalogue, one of each kind; each is the name of a route under <c>/h/</c>.</summary>
    public static readonly IReadOnlyList<string> Ids =
        ["gitlab", "stripe", "tawk", "twilio", "trello", "hubspot-v3", "mandrill", "slack", "zoom", "twitter", "meta", Reporting];

    /// <summary>Those with replay protection enforced by default: they sign a time.</summary>
    public static readonly IReadOnlySet<string> Timed = new HashSet<string> { "stripe", "hubspot-v3", "slack", "zoom" };

    public static byte[] Key(string id) => Encoding.ASCII.GetBytes(KeyText(id));

    public static string KeyText(string id) => $"key of the route {id}, of enough bytes";

    /// <summary>The configuration file: HTTP/1.1 on the first listener, HTTP/2 without TLS on the second.</summary>
    /// <param name="bufferedShare">Something to edit.</param>
    public static string Configuration(double bufferedShare = 0.25) => $$"""
        {
          "Kestrel": { "Endpoints": {
            "one": { "Url": "http://127.0.0.1:0", "Protocols": "Http1" },
            "two": { "Url": "http://127.0.0.1:0", "Protocols": "Http2" }
          } },
          "ReverseProxy": {
            "Routes": { {{string.Join(", ", Ids.Select(Route))}} },
            "Clusters": { "consumer": { "Destinations": { } } }
          },
          "Webhooks": { "Policies": { {{string.Join(", ", Ids.Select(Policy))}} }, "Limits": { "MaxBufferedShare": {{bufferedShare.ToString(CultureInfo.InvariantCulture)}} }, "Drain": "00:00:02" }
        }
        """;

    private static string Route(string id) => $$"""
        "{{id}}": { "ClusterId": "consumer", "Match": { "Path": "/h/{{id}}" } }
        """;

    private static string Policy(string id)
    {
        var more = id switch
        {
            "twilio" or "trello" or "mandrill" or "hubspot-v3" => $$""", "PublicUrl": "{{Public}}/h/{{id}}" """,
            "meta" => $$""", "Parameters": { "verifyToken": "literal:{{VerifyToken}}" } """,
            Reporting => """, "Mode": "Report" """,
            _ => "",
        };
        return $$"""
            "{{id}}": { "Provider": "{{(id == Reporting ? "tawk" : id)}}", "Secrets": { "current": "literal:{{KeyText(id)}}" } {{more}} }
            """;
    }
}
