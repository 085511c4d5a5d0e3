using WebhookVerification.Catalog;
using WebhookVerification.Settings;
using WebhookVerification.Signatures;
using WebhookVerification.Sources;

namespace WebhookVerification;

/// <summary>Turns what an operator gives into what a verifier needs, and reports everything that is wrong with it.</summary>
internal sealed class VerifierFactory(Scheme scheme, VerifierOptions options, ProblemList problems)
{
    /// <summary>Null when a secret is no key of the scheme.</summary>
    public VerificationKey[]? CreateKeys(SettingNode secretsAt)
    {
        var keys = new List<VerificationKey>();
        foreach (var secret in options.Secrets)
        {
            if (scheme.Secret.TryDecode(secret.Value.Span, out var bytes)
                && scheme.Algorithm.CreateKey(bytes, scheme.Variants[0].Alternatives[0].Secret) is { } key)
            {
                keys.Add(key);
            }
            else
            {
                var meaning = scheme.Algorithm.KeyDescription;
                problems.Error(
                    secretsAt.Members.GetValueOrDefault(secret.Name) ?? secretsAt,
                    $"The secret is not usable; expected {scheme.Secret.Description}{(meaning.Length > 0 ? ": " : "")}{meaning}.");
            }
        }

        return keys.Count > 0 && keys.Count == options.Secrets.Count ? [.. keys] : null;
    }

    /// <summary>Null when a parameter or the public URL is missing or wrong.</summary>
    public PolicyInputs? CreateInputs(SettingNode policyAt)
    {
        var before = problems.Errors.Count;
        CheckParameters(policyAt.Members.GetValueOrDefault("Parameters") ?? policyAt);
        var urlAt = policyAt.Members.GetValueOrDefault("PublicUrl") ?? policyAt;
        var url = options.PublicUrl is null ? null : PublicUrl.Parse(options.PublicUrl);
        if (options.PublicUrl is not null && url is null)
        {
            problems.Error(urlAt, $"\"{options.PublicUrl}\" is not legal here; expected an absolute http or https URL without fragment.");
        }
        else if (url is null && scheme.NeedsPublicUrl)
        {
            problems.Error(urlAt, "The key 'PublicUrl' is required: the URL as it was given to the provider, which signs it.");
        }

        return problems.Errors.Count == before ? new PolicyInputs(options.Parameters, url) : null;
    }

    private void CheckParameters(SettingNode at)
    {
        var declared = scheme.Parameters.Select(static parameter => parameter.Name).ToList();
        foreach (var (name, value) in options.Parameters)
        {
            if (!declared.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                problems.Error(at, $"Unknown parameter '{name}'.{Nearest.Hint(name, declared)} "
                    + (declared.Count == 0 ? "The provider has none." : $"Legal parameters: {string.Join(", ", declared)}."));
            }
            else if (string.IsNullOrWhiteSpace(value))
            {
                problems.Error(at.Members.GetValueOrDefault(name) ?? at, $"The parameter '{name}' is empty.");
            }
        }

        foreach (var parameter in scheme.Parameters.Where(
            parameter => parameter.Required && !options.Parameters.Keys.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Error(at, $"The parameter '{parameter.Name}' is required: {parameter.Description}");
        }
    }
}
