namespace WebhookVerification.Signing;

/// <summary>A request on its way to being signed: what has been added so far can be read as a verifier would read it.</summary>
internal sealed class DraftRequest(UnsignedWebhook webhook) : IWebhookRequest
{
    private readonly List<KeyValuePair<string, string>> _added = [];

    public string Method => webhook.Method;

    public string Target { get; private set; } = webhook.Target;

    public void AddHeader(string name, string value) => _added.Add(new(name, value));

    public void AddQuery(string name, string value) =>
        Target += $"{(Target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";

    public bool HasHeader(string name) => GetHeader(name, out _) > 0;

    public int GetHeader(string name, out string? value)
    {
        var lines = webhook.Headers.Concat(_added).Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        value = lines.Count == 0 ? null : lines[0].Value;
        return lines.Count;
    }

    public SignedWebhook ToSigned() => new(Target, _added);
}
