namespace WebhookVerification.Content;

/// <summary>One piece of a signed-content template, compiled when the policy is loaded. Stateless, shared by all requests.</summary>
internal abstract class ContentPart
{
    /// <summary>What the headers alone tell of this part: <see cref="VerificationOutcome.Verified"/> when nothing speaks against it.</summary>
    public virtual VerificationOutcome Preflight(IWebhookRequest request) => VerificationOutcome.Verified;

    /// <summary>Appends the part's bytes. Anything but <see cref="VerificationOutcome.Verified"/> ends the verification with that outcome.</summary>
    public abstract VerificationOutcome Write(in ContentContext context, ContentBuffer into);
}

/// <summary>Text that stands in the template itself.</summary>
internal sealed class LiteralPart(byte[] bytes) : ContentPart
{
    public byte[] Bytes { get; } = bytes;

    public override VerificationOutcome Write(in ContentContext context, ContentBuffer into)
    {
        into.Append(Bytes);
        return VerificationOutcome.Verified;
    }
}

/// <summary><c>{body}</c>: the bytes as received.</summary>
internal sealed class BodyPart : ContentPart
{
    public override VerificationOutcome Write(in ContentContext context, ContentBuffer into)
    {
        into.MarkBody();
        return VerificationOutcome.Verified;
    }
}

/// <summary><c>{timestamp}</c>: the signed time's text as received, whatever its format.</summary>
internal sealed class TimestampPart : ContentPart
{
    public override VerificationOutcome Write(in ContentContext context, ContentBuffer into)
    {
        into.AppendLatin1(context.Evidence.TimestampText.Span);
        return VerificationOutcome.Verified;
    }
}

/// <summary><c>{header:NAME}</c>: a header that must stand there exactly once and not be empty.</summary>
internal sealed class HeaderPart(string name) : ContentPart
{
    public override VerificationOutcome Preflight(IWebhookRequest request) => HeaderField.Read(request, name, out _);

    public override VerificationOutcome Write(in ContentContext context, ContentBuffer into)
    {
        var outcome = HeaderField.Read(context.Request, name, out var value);
        into.AppendLatin1(value);
        return outcome;
    }
}
