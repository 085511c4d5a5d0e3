namespace Proxy.Webhooks.Forwarding;

/// <summary><c>X-Webhook-Verified</c>, the one header that is ours. Whatever a client sends that an upstream may take for it is taken off.</summary>
internal static class VerifiedHeader
{
    public const string Name = "X-Webhook-Verified";

    public static void Strip(IHeaderDictionary headers)
    {
        while (Find(headers) is { } spelling)
        {
            headers.Remove(spelling);
        }
    }

    public static void Set(IHeaderDictionary headers, bool verified) => headers[Name] = verified ? "true" : "false";

    private static string? Find(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (CgiName.AreSame(name, Name))
            {
                return name;
            }
        }

        return null;
    }
}
