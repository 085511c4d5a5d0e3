using WebhookVerification.Sources;

namespace WebhookVerification.Content;

/// <summary>One piece of a signed-content template, compiled when the policy is loaded. Stateless, shared by all requests.</summary>
internal abstract class ContentPart
{
    /// <summary>Whether it looks at the body, and so signs something of it.</summary>
    public virtual bool InBody => false;

    /// <summary>Whether it needs to know the URL that the provider was told to call.</summary>
    public virtual bool NeedsPublicUrl => false;

    /// <summary>What the headers alone tell of this part: <see cref="VerificationOutcome.Verified"/> when nothing speaks against it.</summary>
    public virtual VerificationOutcome Preflight(in RequestView view) => VerificationOutcome.Verified;

    /// <summary>Appends the part's bytes. Anything but <see cref="VerificationOutcome.Verified"/> ends the verification with that outcome.</summary>
    public abstract VerificationOutcome Write(in RequestView view, ContentBuffer into);
}
