namespace Proxy.Commands.Explain.Causes;

/// <summary>The URL that was signed is not the one that the policy names, where the provider signs it.</summary>
internal sealed class UrlVariant : ICause
{
    public string Name => "url";

    public string Advice => "Set PublicUrl to the URL exactly as it was given to the provider: scheme, host, port, path and final slash.";

    public Place Place => Place.Proxy;

    public IEnumerable<Variation> Vary(Attempt attempt)
    {
        if (attempt.PublicUrl is not { } given || attempt.Compile() is not { NeedsPublicUrl: true } || !Uri.TryCreate(given, UriKind.Absolute, out var url))
        {
            return [];
        }

        var path = given[(given.IndexOf("://", StringComparison.Ordinal) + 3)..];
        path = path.IndexOfAny(['/', '?']) is >= 0 and var start ? path[start..] : "";
        var authority = given[..^path.Length];
        var host = authority[(authority.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var hosts = new[] { host, host.ToLowerInvariant(), WithoutPort(host), $"{WithoutPort(host)}:{url.Port}", attempt.Request.Header("Host"), attempt.Request.Header("X-Forwarded-Host") };
        var paths = new[] { path, path.EndsWith('/') ? path[..^1] : path + "/", path.Split('?')[0], attempt.Request.Target };
        var urls =
            from scheme in new[] { url.Scheme, url.Scheme == "https" ? "http" : "https" }
            from name in hosts.OfType<string>().Distinct()
            from end in paths.Distinct()
            select $"{scheme}://{name}{end}";
        return urls.Distinct()
            .SelectMany(signed => Targets(attempt.Request.Target), (signed, target) => new Variation(
                $"the URL {signed}{(target == attempt.Request.Target ? "" : " without the query")} is signed; the policy says {given}",
                attempt with { PublicUrl = signed, Request = attempt.Request with { Target = target } }));
    }

    private static string[] Targets(string target) =>
        target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? [target, target[..query]] : [target];

    private static string WithoutPort(string host) => host.LastIndexOf(':') is > 0 and var colon && !host.EndsWith(']') ? host[..colon] : host;
}
