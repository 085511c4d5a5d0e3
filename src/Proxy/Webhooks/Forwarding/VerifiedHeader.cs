namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// <c>X-Webhook-Verified</c>, the one header that is ours. CGI, PHP and WSGI turn "-" and "_" into the same character, so
/// that every spelling is taken off what a client sends.
/// </summary>
internal static class VerifiedHeader
{
    public const string Name = "X-Webhook-Verified";

    private static readonly string[] Spellings = [Name, "X_Webhook_Verified", "X-Webhook_Verified", "X_Webhook-Verified"];

    public static void Strip(IHeaderDictionary headers)
    {
        foreach (var spelling in Spellings)
        {
            headers.Remove(spelling);
        }
    }

    public static void Set(IHeaderDictionary headers, bool verified) => headers[Name] = verified ? "true" : "false";
}
