using System.Text;
using Proxy.Commands.Demo;
using WebhookVerification.Catalog;

namespace Proxy.Commands.Send;

/// <summary>What <c>send</c> posts when it is given nothing to post.</summary>
/// <param name="Bytes">The body.</param>
/// <param name="Origin">What it is, for people.</param>
internal sealed record SampleBody(ReadOnlyMemory<byte> Bytes, string Origin)
{
    private const string Least = "{}";

    /// <summary>The documents' own example, where the demo has one; else the entry's sample; else the least that is JSON.</summary>
    public static SampleBody Of(ProviderEntry entry) =>
        SampleWebhook.All.FirstOrDefault(sample => sample.Provider == entry.Id) is { } webhook ? new(webhook.Body, $"{entry.Name}'s own example of {webhook.Event}")
        : entry.Sample is { } sample ? new(Encoding.UTF8.GetBytes(sample), $"the catalogue's sample of {entry.Name}")
        : new(Encoding.UTF8.GetBytes(Least), $"{Least}, because the catalogue has no sample of {entry.Name}");
}
