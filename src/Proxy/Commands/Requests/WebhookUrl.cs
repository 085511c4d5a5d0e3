namespace Proxy.Commands.Requests;

/// <summary>The URL that a provider calls, as text: what is signed is the text.</summary>
/// <param name="Text">As given.</param>
/// <param name="Target">Path and query.</param>
internal sealed record WebhookUrl(string Text, string Target)
{
    /// <summary>What a policy calls its public URL: without the query, which the request brings.</summary>
    public string WithoutQuery => Text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? Text[..query] : Text;

    /// <exception cref="UsageException">The text is no such URL.</exception>
    public static WebhookUrl Parse(string option, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || text.Any(static c => c is <= ' ' or >= '\x7f' or '#'))
        {
            throw new UsageException($"{option}: \"{text}\" is no URL that a provider can call; expected one such as https://hooks.example.com/in?x=1.");
        }

        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var target = text.IndexOfAny(['/', '?'], start) is >= 0 and var end ? text[end..] : "";
        return new WebhookUrl(text, target.StartsWith('/') ? target : "/" + target);
    }
}
