namespace WebhookVerification;

/// <summary>What HTTP says of text.</summary>
internal static class HttpSyntax
{
    /// <summary>RFC 9110 5.6.3: space and tab. The framework's own notion of white space has bytes beyond ASCII in it.</summary>
    public const string Space = " \t";
}
