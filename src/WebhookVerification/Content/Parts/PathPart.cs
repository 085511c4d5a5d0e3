using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary><c>{path}</c>, or <c>{path:query}</c> with the query: of the public URL where it has a path, else as received.</summary>
internal sealed class PathPart(bool withQuery) : ContentPart
{
    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        var target = view.Request.Target.AsSpan();
        var query = target.IndexOf('?') is >= 0 and var mark ? mark : target.Length;
        if (view.Inputs.Url is { HasPath: true } url)
        {
            into.Append(url.Path);
            target = withQuery ? target[query..] : default;
        }
        else if (!withQuery)
        {
            target = target[..query];
        }

        into.AppendLatin1(target);
        return VerificationOutcome.Verified;
    }
}
