namespace Proxy.Commands.Demo;

/// <summary>What came of one case. Neither outcome is there where the provider leaves no room for the case: it signs no time.</summary>
internal sealed record DemoResult(SampleWebhook Webhook, DemoCase Case, DemoOutcome? Expected, DemoOutcome? Actual)
{
    public bool IsAsExpected => Actual == Expected;
}

/// <summary>The two ends of a proxied request: the status that the provider is answered, and what the consumer sees.</summary>
internal readonly record struct DemoOutcome(int Status, ConsumerSight Consumer);

/// <summary>What the consumer sees of a request.</summary>
internal enum ConsumerSight
{
    /// <summary>Nothing at all.</summary>
    Nothing = 0,

    /// <summary>The request, once, byte by byte as it was sent.</summary>
    Request,

    /// <summary>Anything else: a changed request, or more than one.</summary>
    SomethingElse,
}
