using System.Text.Json.Nodes;

namespace Proxy.Tests.Configuration;

/// <summary>Whatever stands wherever in a configuration: errors and warnings say what is wrong with it, nothing throws.</summary>
public sealed class OddValuesTests : IDisposable
{
    /// <summary>Every kind of key, with values that are legal.</summary>
    private const string Everything = """
        {
          "Urls": "http://127.0.0.1:8080",
          "Management": { "Url": "http://127.0.0.1:8081", "AllowRemote": false, "Token": "env:TAWK" },
          "Kestrel": {
            "Certificates": { "Default": { "Path": "tls.crt", "KeyPath": "tls.key", "Password": "env:TAWK" } },
            "Endpoints": { "https": {
              "Url": "https://127.0.0.1:8443", "Protocols": "Http1AndHttp2", "SslProtocols": ["Tls12"], "ClientCertificateMode": "NoCertificate",
              "Certificate": { "Path": "tls.crt" }, "Sni": { "*.example.com": { "Certificate": { "Path": "tls.crt" } } } } }
          },
          "ReverseProxy": {
            "Routes": { "tawk": {
              "ClusterId": "app", "Order": 1, "MaxRequestBodySize": 1000, "Timeout": "00:00:10",
              "Match": { "Path": "/tawk/{**rest}", "Hosts": ["a.example.com"], "Methods": ["POST"],
                "Headers": [{ "Name": "A", "Values": ["b"], "Mode": "ExactHeader", "IsCaseSensitive": true }],
                "QueryParameters": [{ "Name": "a", "Values": ["b"], "Mode": "Exact" }] },
              "Metadata": { "WebhookPolicy": "tawk" },
              "Transforms": [{ "PathRemovePrefix": "/tawk" }, { "RequestHeader": "A", "Set": "b" }] } },
            "Clusters": { "app": {
              "LoadBalancingPolicy": "RoundRobin",
              "SessionAffinity": { "Enabled": true, "Policy": "Cookie", "FailurePolicy": "Redistribute", "AffinityKeyName": "k" },
              "HealthCheck": { "Active": { "Enabled": true, "Interval": "00:00:10", "Timeout": "00:00:10", "Policy": "ConsecutiveFailures", "Path": "/h" },
                "Passive": { "Enabled": true, "Policy": "TransportFailureRate", "ReactivationPeriod": "00:00:10" } },
              "HttpClient": { "SslProtocols": ["Tls12"], "MaxConnectionsPerServer": 5, "DangerousAcceptAnyServerCertificate": false },
              "HttpRequest": { "ActivityTimeout": "00:00:10", "Version": "2", "VersionPolicy": "RequestVersionOrLower" },
              "Destinations": { "one": { "Address": "http://127.0.0.1:5000/base/", "Health": "http://127.0.0.1:5001/", "Host": "h" } } } }
          },
          "Webhooks": {
            "Catalog": ["own.json"],
            "Replay": { "Store": "PostgreSQL", "Capacity": 5000, "ConnectionString": "env:DATABASE" },
            "Limits": { "MaxBufferedBytes": 268435456, "MaxBufferedShare": 0.5 },
            "Capture": { "Directory": "kept", "OnlyRefused": true, "MaxFiles": 5 },
            "TrustedProxies": ["10.0.0.0/8"], "Drain": "00:00:30", "DrainDelay": "00:00:01",
            "Policies": {
              "tawk": {
                "Provider": "tawk", "Mode": "Enforce", "Secrets": { "current": "env:TAWK", "file": "file:secret" }, "MaxAge": "00:05:00", "MaxFutureSkew": "00:01:00",
                "MaxBodyBytes": 1000, "BodyTimeout": "00:00:10", "MaxConcurrent": 5, "AllowedSources": ["10.0.0.0/8"], "RejectStatus": 401, "ReplyBody": "Auto",
                "Replay": { "Mode": "Enforce", "Window": "01:00:00", "OnDuplicate": "Acknowledge", "OnStoreUnavailable": "Refuse" },
                "Upstream": { "TotalTimeout": "00:01:00", "Retries": 1 } },
              "meta": { "Provider": "meta", "Secrets": { "current": "env:TAWK" }, "Parameters": { "verify_token": "env:TAWK" }, "PublicUrl": "https://a.example.com/tawk", "BodyTimestamp": "Off" },
              "own": { "Secrets": { "current": "env:TAWK" }, "Scheme": {
                "algorithm": "hmac-sha256", "content": "{timestamp}.{body}", "timestamp": { "in": "header:T", "unit": "seconds" },
                "signature": { "in": "header:S", "encoding": "hex", "prefix": "v1=" } } }
            }
          }
        }
        """;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "99999999999999999999", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"file:\"", "\"file:\\u0000\"", "\"env:\"", "\"literal:\"",
        "\"/\"", "\"{\"", "\"{a}{a}\"", "\"%\"", "\"*\"", "\"../..\"", "\"http://\"", "\"https://[::1\"", "\"99:99:99\"", "\"-00:00:01\"", "\"10.0.0.0/99\"", "[]", "[null]", "[[]]", "{}", "{\"\":1}",
    ];

    private readonly ConfigurationDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void AnyValueAnywhere_IsAProblemAndNoException()
    {
        _directory.Environment["DATABASE"] = "Host=localhost";
        var paths = Paths(JsonNode.Parse(Everything)!, []).ToList();
        Assert.InRange(paths.Count, 100, int.MaxValue);
        foreach (var path in paths)
        {
            foreach (var value in Values)
            {
                var error = Record.Exception(() => _directory.LoadText(With(path, value)));
                Assert.True(error is null, $"{string.Join(':', path)} = {value}: {error}");
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] path)
    {
        IEnumerable<(object Step, JsonNode? Node)> children = node switch
        {
            JsonObject members => members.Select(static member => ((object)member.Key, member.Value)),
            JsonArray items => items.Select(static (item, i) => ((object)i, item)),
            _ => [],
        };
        return children.SelectMany(child => Paths(child.Node!, [.. path, child.Step]).Prepend([.. path, child.Step]));
    }

    private static string With(object[] path, string value)
    {
        const string Mark = "\"the value to try\"";
        var root = JsonNode.Parse(Everything)!;
        var parent = path[..^1].Aggregate(root, static (node, step) => step is int i ? node[i]! : node[(string)step]!);
        if (path[^1] is int index)
        {
            parent[index] = JsonNode.Parse(Mark);
        }
        else
        {
            parent[(string)path[^1]] = JsonNode.Parse(Mark);
        }

        return root.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
    }
}
