using WebhookVerification.Content;

namespace WebhookVerification.Sources;

/// <summary><c>header:NAME</c>: a header that stands there exactly once and is not empty.</summary>
internal sealed class HeaderSource(string name) : ValueSource("header:" + name.ToLowerInvariant())
{
    public string Name { get; } = name;

    public override VerificationOutcome Preflight(in RequestView view) => HeaderField.Read(view.Request, Name, out _);

    public override VerificationOutcome Read(in RequestView view, out ReadOnlyMemory<char> value)
    {
        var outcome = HeaderField.Read(view.Request, Name, out var text);
        value = text.AsMemory();
        return outcome;
    }

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        var outcome = HeaderField.Read(view.Request, Name, out var text);
        if (outcome == VerificationOutcome.Verified)
        {
            into.AppendLatin1(text);
        }

        return outcome;
    }
}
