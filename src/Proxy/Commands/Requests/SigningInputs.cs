using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Commands.Requests;

/// <summary>What an operator gives for a scheme.</summary>
internal sealed record SigningInputs(IReadOnlyList<NamedSecret> Secrets, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Where errors are reported that have no place in a file.</summary>
    public static SettingNode CommandLine { get; } =
        SettingNode.Parse("command line", "{}"u8.ToArray(), baseDirectory: null, new ProblemList())!;

    /// <summary>The URL as a policy for the scheme would have it.</summary>
    public static string? PublicUrl(Scheme scheme, WebhookUrl? url) => scheme.SignsFixedUrl ? url?.Text : url?.WithoutQuery;

    public VerifierOptions ToOptions(string? publicUrl) => new()
    {
        Secrets = [.. Secrets.Select(static secret => new Secret(secret.Name, secret.Value))],
        Parameters = Parameters,
        PublicUrl = publicUrl,
    };
}
