using WebhookVerification;

namespace Benchmarks;

/// <summary>A request with a few headers, as cheap to ask as a host's own.</summary>
internal sealed class BenchmarkRequest(params (string Name, string Value)[] headers) : IWebhookRequest
{
    public string Method => "POST";

    public string Target => "/hooks/benchmark";

    public int GetHeader(string name, out string? value)
    {
        foreach (var header in headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = header.Value;
                return 1;
            }
        }

        value = null;
        return 0;
    }
}
