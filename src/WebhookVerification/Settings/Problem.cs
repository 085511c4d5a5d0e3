namespace WebhookVerification.Settings;

/// <summary>One thing that is wrong, or doubtful, in a configuration.</summary>
/// <param name="Source">The file, as its name was given, or the environment variable.</param>
/// <param name="Path">Where in it, as a JSONPath such as <c>$.Webhooks.Policies.stripe.MaxAge</c>.</param>
/// <param name="Message">The wrong value and what is legal, in one or more sentences. Never a secret.</param>
public sealed record Problem(string Source, string Path, string Message)
{
    /// <summary>Source, path and message on one line.</summary>
    public override string ToString() => $"{Source}: {Path}: {Message}";
}
