using WebhookVerification.Sources;

namespace WebhookVerification.Content.Parts;

/// <summary>How a URL was written when it was signed.</summary>
internal enum UrlForm
{
    /// <summary><c>{url}</c>: the public URL and the request's query; without a path of its own, and the request's path.</summary>
    Full = 0,

    /// <summary><c>{url:port}</c>: with the default port where none is given.</summary>
    Port,

    /// <summary><c>{url:no-port}</c>: without any port.</summary>
    NoPort,

    /// <summary><c>{url:no-query}</c>: without the query.</summary>
    NoQuery,

    /// <summary><c>{url:decoded}</c>: with the escapes of <c>: / ? @ ! $ ' ( ) * , ;</c> decoded.</summary>
    Decoded,

    /// <summary><c>{url:fixed}</c>: the public URL byte for byte, whatever the request's.</summary>
    Fixed,
}

/// <summary><c>{url}</c> and its forms. Host and X-Forwarded-* never decide what was signed.</summary>
internal sealed class UrlPart(UrlForm form) : ContentPart
{
    public UrlForm Form => form;

    public override bool NeedsPublicUrl => true;

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        // The verifier is not made without one; nothing that a request says can stand in for it.
        if (view.Inputs.Url is not { } url)
        {
            return VerificationOutcome.NotVerified;
        }

        var start = into.Length;
        switch (form)
        {
            case UrlForm.Fixed:
                into.Append(url.AsGiven);
                return VerificationOutcome.Verified;
            case UrlForm.Port:
                into.Append(url.WithPort);
                break;
            case UrlForm.NoPort:
                into.Append(url.WithoutPort);
                break;
            default:
                into.Append(url.Plain);
                break;
        }

        var target = view.Request.Target.AsSpan();
        var query = target.IndexOf('?') is >= 0 and var mark ? mark : target.Length;
        var end = form == UrlForm.NoQuery ? query : target.Length;
        into.AppendLatin1(url.HasPath ? target[query..end] : target[..end]);
        if (form == UrlForm.Decoded)
        {
            into.Rewind(start + ReservedEscapes.DecodeInPlace(into.Mutable[start..]));
        }

        return VerificationOutcome.Verified;
    }
}
