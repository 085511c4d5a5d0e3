namespace WebhookVerification.Signing;

/// <summary>What signing adds to a request. The body stays as it was.</summary>
/// <param name="Target">Path and query, with what the scheme puts there.</param>
/// <param name="Headers">Those that signing adds, signature included, in the order in which they were made.</param>
public sealed record SignedWebhook(string Target, IReadOnlyList<KeyValuePair<string, string>> Headers);
