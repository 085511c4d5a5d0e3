namespace Proxy.Commands.Demo;

/// <summary>One example of a provider's own documents, as the bytes its sender posts: compact JSON, no final newline.</summary>
/// <param name="Provider">Its id in the catalogue.</param>
/// <param name="Event">The event as the provider spells it.</param>
/// <param name="Body">The exact bytes to sign and send.</param>
internal sealed record SampleWebhook(string Provider, string Event, ReadOnlyMemory<byte> Body)
{
    /// <summary>Every example, grouped by provider.</summary>
    public static IReadOnlyList<SampleWebhook> All { get; } =
    [
        Read("tawk", "chat:start"),
        Read("tawk", "chat:end"),
        Read("tawk", "ticket:create"),
        Read("smarterbot", "Lead"),
        Read("smarterbot", "Appointment"),

        // The documents show the answer to it, not the request itself: a lead with next to nothing in it.
        Read("smarterbot", "test request"),
        Read("chatbase", "leads.submit"),
        Read("protocol", "conversation.updated"),
        Read("protocol", "message.updated"),
    ];

    /// <summary>Provider and event, not the body.</summary>
    public override string ToString() => $"{Provider} {Event}";

    private static SampleWebhook Read(string provider, string @event)
    {
        var file = @event.ToLowerInvariant().Replace(':', '-').Replace('.', '-').Replace(' ', '-');
        using var resource = typeof(SampleWebhook).Assembly.GetManifestResourceStream($"samples/{provider}.{file}.json")!;
        var body = new byte[resource.Length];
        resource.ReadExactly(body);
        return new SampleWebhook(provider, @event, body);
    }
}
