namespace WebhookVerification.Tests;

/// <summary>A request as a host would show it, built header by header.</summary>
internal sealed class TestRequest : IWebhookRequest
{
    private readonly List<(string Name, string Value)> _headers = [];

    public string Method { get; init; } = "POST";

    public string Target { get; init; } = "/hooks/test";

    public TestRequest With(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    public int GetHeader(string name, out string? value)
    {
        var lines = _headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        value = lines.Count == 0 ? null : lines[0].Value;
        return lines.Count;
    }
}
