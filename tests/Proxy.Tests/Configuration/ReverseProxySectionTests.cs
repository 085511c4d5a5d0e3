using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class ReverseProxySectionTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();

    [Theory]
    [InlineData("\"Mathc\": { }", "Mathc", "Did you mean 'Match'?")]
    [InlineData("\"AuthorizationPolicy\": \"default\"", "AuthorizationPolicy", "is not supported")]
    [InlineData("\"CorsPolicy\": \"default\"", "CorsPolicy", "is not supported")]
    [InlineData("\"OutputCachePolicy\": \"x\"", "OutputCachePolicy", "is not supported")]
    [InlineData("\"RateLimiterPolicy\": \"x\"", "RateLimiterPolicy", "MaxConcurrent")]
    [InlineData("\"Timeout\": \"00:00:10\"", "Timeout", "Upstream.TotalTimeout")]
    [InlineData("\"TimeoutPolicy\": \"x\"", "TimeoutPolicy", "Upstream.TotalTimeout")]
    [InlineData("\"RouteId\": \"x\"", "RouteId", "Unknown key")]
    [InlineData("\"Order\": \"first\"", "Order", "\"first\" is not legal here; expected a whole number")]
    [InlineData("\"Metadata\": { \"A\": [] }", "Metadata.A", "expected a string")]
    [InlineData("\"Transforms\": [ \"PathPrefix\" ]", "Transforms[0]", "expected an object")]
    public void WrongMemberOfARoute_IsAnError(string member, string path, string expected)
    {
        var error = _directory.ErrorOf(WithRoute(member));

        Assert.Equal("$.ReverseProxy.Routes.tawk." + path, error.Path);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Destinatoins\": { }", "Destinatoins", "Did you mean 'Destinations'?")]
    [InlineData("\"HttpRequest\": { \"ActivityTimeout\": \"100\" }", "HttpRequest.ActivityTimeout", "expected a duration")]
    [InlineData("\"HttpRequest\": { \"Version\": \"4\" }", "HttpRequest.Version", "expected one of 1.0, 1.1")]
    [InlineData("\"HttpRequest\": { \"VersionPolicy\": \"Exact\" }", "HttpRequest.VersionPolicy", "RequestVersionExact")]
    [InlineData("\"HttpClient\": { \"SslProtocols\": [\"Tls99\"] }", "HttpClient.SslProtocols[0]", "Tls13")]
    [InlineData("\"HttpClient\": { \"WebProxy\": { \"Address\": \"nowhere\" } }", "HttpClient.WebProxy.Address", "no absolute URI")]
    [InlineData("\"SessionAffinity\": { \"Enabled\": true, \"AffinityKeyName\": \"k\" }", "SessionAffinity", "HashCookie")]
    [InlineData("\"SessionAffinity\": { \"Policy\": \"hashcookie\" }", "SessionAffinity.Policy", "HashCookie")]
    [InlineData("\"LoadBalancingPolicy\": \"Fastest\"", "", "load balancing policy 'Fastest'")]
    public void WrongMemberOfACluster_IsAnError(string member, string path, string expected)
    {
        var error = _directory.ErrorOf(WithCluster(member));

        Assert.Equal(("$.ReverseProxy.Clusters.app." + path).TrimEnd('.'), error.Path);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Path\": \"/tawk\"", "\"Path\": \"/{a}/{a}\"", "Invalid path")]
    [InlineData("\"Path\": \"/tawk\"", "\"Methods\": [\"POST\"]", "requires Hosts or Path")]
    [InlineData("\"Path\": \"/tawk\"", "\"Path\": \"/a\", \"Methods\": [\"BREW\"]", "'BREW'")]
    [InlineData("\"Match\": {", "\"Transforms\": [{ \"PathPrefxi\": \"/a\" }], \"Match\": {", "PathPrefxi")]
    public void WhatYarpItselfRefuses_IsReportedAtTheRoute(string text, string replacement, string expected)
    {
        var error = _directory.ErrorOf(Valid.Replace(text, replacement, StringComparison.Ordinal));

        Assert.Equal("$.ReverseProxy.Routes.tawk", error.Path);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"ClusterId\": \"app\"", "\"ClusterId\": \"apt\"", "Routes.tawk.ClusterId", "Did you mean 'app'?")]
    [InlineData("\"ClusterId\": \"app\",", "", "Routes.tawk", "names no cluster")]
    [InlineData("http://127.0.0.1:5000/base/", "127.0.0.1:5000", "Clusters.app.Destinations.one.Address", "expected scheme, host")]
    [InlineData("http://127.0.0.1:5000/base/", "ftp://127.0.0.1/", "Clusters.app.Destinations.one.Address", "expected scheme, host")]
    [InlineData("\"one\": { \"Address\": \"http://127.0.0.1:5000/base/\" }", "", "Clusters.app.Destinations", "no destinations")]
    public void UpstreamThatCannotBeReached_IsAnError(string text, string replacement, string path, string expected)
    {
        var error = _directory.ErrorOf(Valid.Replace(text, replacement, StringComparison.Ordinal));

        Assert.Equal("$.ReverseProxy." + path, error.Path);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UserInformationInAnAddress_IsNotShown()
    {
        var error = _directory.ErrorOf(Valid.Replace("http://127", "http://user:password@127", StringComparison.Ordinal));

        Assert.DoesNotContain("password", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EverythingYarpKnows_IsLegal()
    {
        var result = _directory.LoadText("""
            {
              "ReverseProxy": {
                "Routes": {
                  "tawk": {
                    "ClusterId": "APP", "Order": 1, "MaxRequestBodySize": 5,
                    "Match": {
                      "Path": "/tawk", "Hosts": ["example.com"], "Methods": ["POST"],
                      "Headers": [{ "Name": "a", "Values": ["b"], "Mode": "HeaderPrefix", "IsCaseSensitive": true }],
                      "QueryParameters": [{ "Name": "a", "Values": ["b"], "Mode": "Contains", "IsCaseSensitive": false }]
                    },
                    "Metadata": { "a": "b" },
                    "Transforms": [{ "PathRemovePrefix": "/x" }, { "RequestHeaderOriginalHost": true }]
                  }
                },
                "Clusters": {
                  "app": {
                    "LoadBalancingPolicy": "RoundRobin",
                    "SessionAffinity": { "Enabled": true, "Policy": "Cookie", "FailurePolicy": "Redistribute", "AffinityKeyName": "k",
                      "Cookie": { "Path": "/", "SameSite": "Lax", "HttpOnly": true, "MaxAge": "01:00:00", "SecurePolicy": "Always" } },
                    "HealthCheck": { "Passive": { "Enabled": true, "ReactivationPeriod": "00:01:00" },
                      "Active": { "Enabled": false, "Interval": "00:00:10", "Timeout": "00:00:05", "Path": "/health" } },
                    "HttpClient": { "SslProtocols": ["Tls12", "Tls13"], "MaxConnectionsPerServer": 10, "EnableMultipleHttp2Connections": true,
                      "WebProxy": { "Address": "http://127.0.0.1:3128", "BypassOnLocal": true } },
                    "HttpRequest": { "ActivityTimeout": "00:01:40", "Version": "2", "VersionPolicy": "RequestVersionOrLower" },
                    "Metadata": { "a": "b" },
                    "Destinations": { "d": { "Address": "https://127.0.0.1:5000/", "Host": "example.com", "Health": "http://127.0.0.1:5001/", "Metadata": { } } }
                  }
                }
              },
              "Webhooks": { "Policies": { "tawk": { "Provider": "tawk", "Secrets": { "current": "env:TAWK" } } } }
            }
            """);

        Assert.Empty(result.Problems.Errors);
        var (route, cluster) = (result.Snapshot!.Routes[0].Config, result.Snapshot.Clusters[0]);
        Assert.Equal((1, 5L, 2), (route.Order, route.MaxRequestBodySize, route.Transforms!.Count));
        Assert.Equal((new Version(2, 0), "RoundRobin"), (cluster.HttpRequest!.Version, cluster.LoadBalancingPolicy));
    }

    [Fact]
    public void NameWithAColon_IsAnError() =>
        Assert.Contains("colon", _directory.ErrorOf(Valid.Replace("\"tawk\": { \"ClusterId\"", "\"a:b\": { \"ClusterId\"", StringComparison.Ordinal)).Message, StringComparison.Ordinal);

    public void Dispose() => _directory.Dispose();
}
