using System.Net.Http.Headers;
using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Security;

/// <summary>A secret from wherever it may come is used, and is nowhere to be read.</summary>
public sealed class SecretsInLogsTests : IDisposable
{
    private const string Variable = "secret-that-a-variable-holds";
    private const string File = "secret-that-a-file-holds-000";
    private const string Literal = "secret-that-is-escaped-in-place";
    private const string Bare = "secret-that-stands-there-bare";
    private const string Replaced = "secret-that-a-reload-brought-in";
    private const string Parameter = "secret-that-is-a-verify-token";
    private const string Token = "secret-that-opens-the-listener";
    private const string Password = "secret-that-opens-the-database";
    private const string InQuery = "secret-that-is-sent-in-the-query";

    private static readonly string[] Never = [Variable, File, Literal, Bare, Replaced, Parameter, Token, Password, InQuery];

    private static readonly string[] OfPolicies = [Variable, File, Literal, Bare];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("secrets-");

    [Fact]
    public async Task EveryKindOfReference_IsNeverLogged()
    {
        var file = Path.Combine(_directory.FullName, "secret");
        await System.IO.File.WriteAllTextAsync(file, File + "\n");
        await using var proxy = await ProxyFixture.StartAsync(Configuration(file, Bare), new Dictionary<string, string> { ["THE_SECRET"] = Variable });
        using var operators = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };

        // Each works, or nothing is shown by its absence from the log.
        foreach (var secret in OfPolicies)
        {
            Assert.Equal(503, (await proxy.SendAsync(Signed(secret, $"\"{secret.Length}\""))).Status);
        }

        await CountedAsync("webhook_requests_total", OfPolicies.Length, ("route", "tawk"), ("reason", "replay_store_unavailable"));
        Assert.Equal(400, (await proxy.SendAsync(Signed("secret of somebody else entirely", "{}"))).Status);
        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Get($"/meta?hub.mode=subscribe&hub.verify_token={Parameter}&hub.challenge=1"))).Status);

        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post($"/query?code={InQuery}", "{}"u8))).Status);
        proxy.Consumer.Respond = static _ => ConsumerReply.Garbage("no HTTP at all");
        Assert.Equal(502, (await proxy.SendAsync(RawRequest.Post($"/query?code={InQuery}", "{}"u8))).Status);

        // Errors have the most to say: of the file, of a reference, of the store.
        proxy.Rewrite(Configuration(file, Replaced).Replace("\"Drain\"", "\"Drian\"", StringComparison.Ordinal));
        await CountedAsync("webhook_config_reloads_total", 1, ("result", "rejected"));
        proxy.Rewrite(Configuration(file, Replaced));
        await CountedAsync("webhook_config_reloads_total", 1, ("result", "applied"));
        Assert.Equal(503, (await proxy.SendAsync(Signed(Replaced, "{\"after\":1}"))).Status);

        var pages = await Task.WhenAll(new[] { "/metrics", "/", "/api/status" }.Select(path => operators.GetStringAsync(new Uri(proxy.ManagementAddress, path))));
        var told = string.Join('\n', proxy.Log.Lines.Select(static line => line.Text).Concat(pages));
        Assert.Contains("signature_mismatch", told, StringComparison.Ordinal);
        Assert.Contains("Drian", told, StringComparison.Ordinal);
        Assert.All(Never, secret => Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase));
        Assert.All(
            Never.Select(static secret => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)).TrimEnd('=')[..^1]),
            secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));

        Task CountedAsync(string metric, int count, params (string, string)[] labels) => Deadline.Until(
            async () =>
            {
                // What was edited shows as the clock moves on.
                proxy.Clock.Advance(TimeSpan.FromSeconds(1));
                var page = await operators.GetStringAsync(new Uri(proxy.ManagementAddress, "/metrics"));
                return (int)Scrape.Parse(page).Sum(metric, labels) == count;
            },
            $"{metric} to be {count}");
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static byte[] Signed(string secret, string body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        return RawRequest.Post("/tawk", bytes, ProviderSignature.Tawk(secret, bytes));
    }

    /// <summary>A secret of each kind; a store that is not there, so that what goes wrong with it is logged too.</summary>
    private static string Configuration(string file, string bare) => $$"""
        {
          "Management": { "Token": "{{Token}}" },
          "ReverseProxy": {
            "Routes": {
              "tawk": { "ClusterId": "consumer", "Match": { "Path": "/tawk" } },
              "meta": { "ClusterId": "consumer", "Match": { "Path": "/meta" } },
              "query": { "ClusterId": "consumer", "Match": { "Path": "/query" } }
            },
            "Clusters": { "consumer": { "Destinations": { } } }
          },
          "Webhooks": {
            "Policies": {
              "tawk": {
                "Provider": "tawk", "Replay": { "Mode": "Enforce" },
                "Secrets": { "variable": "env:THE_SECRET", "file": "file:{{file}}", "literal": "literal:{{Literal}}", "bare": "{{bare}}" }
              },
              "meta": { "Provider": "meta", "Secrets": { "current": "env:THE_SECRET" }, "Parameters": { "verifyToken": "{{Parameter}}" } },
              "query": { "Scheme": { "algorithm": "token", "signature": { "in": "query:code" } }, "Secrets": { "current": "{{InQuery}}" } }
            },
            "Replay": { "Store": "PostgreSQL", "ConnectionString": "Host=127.0.0.1;Port=1;Username=proxy;Password={{Password}};Database=proxy" },
            "Drain": "00:00:02"
          }
        }
        """;
}
