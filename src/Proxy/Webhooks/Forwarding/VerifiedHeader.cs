namespace Proxy.Webhooks.Forwarding;

/// <summary><c>X-Webhook-Verified</c>, the one header that is ours. Whatever a client sends that an upstream may take for it is taken off.</summary>
internal static class VerifiedHeader
{
    public const string Name = "X-Webhook-Verified";

    public static bool Is(string name) => CgiName.AreSame(name, Name);

    public static void Set(IHeaderDictionary headers, bool verified) => headers[Name] = verified ? "true" : "false";
}
