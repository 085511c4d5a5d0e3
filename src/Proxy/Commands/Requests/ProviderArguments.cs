using System.CommandLine;
using Proxy.Configuration;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Commands.Requests;

/// <summary><c>--provider ID --secret REF… [--parameter N=V]…</c>: who signs, and with what.</summary>
internal sealed class ProviderArguments
{
    private const string SecretsSource = "--secret";

    private readonly Option<string?> _provider = new("--provider") { Description = "An id of the catalogue; see: proxy providers", HelpName = "ID" };

    private readonly Option<string[]> _secrets = new(SecretsSource)
    {
        Description = "env:NAME, file:PATH or the secret itself; again for further ones.",
        HelpName = "REF",
    };

    private readonly Option<string[]> _parameters = new("--parameter")
    {
        Description = "What the provider's entry declares besides secrets; again for further ones.",
        HelpName = "N=V",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_provider);
        command.Options.Add(_secrets);
        command.Options.Add(_parameters);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_provider) is not null;

    /// <exception cref="UsageException">The provider does not exist, or a reference does not resolve.</exception>
    public (ProviderEntry Entry, SigningInputs Inputs) Read(ParseResult parsed, CommandIo io)
    {
        var entry = Entry(parsed.GetValue(_provider));
        var secrets = parsed.GetValue(_secrets) ?? [];
        if (secrets.Length == 0)
        {
            throw new UsageException("--secret is required: env:NAME, file:PATH or the secret itself.");
        }

        return (entry, new SigningInputs(Resolve(secrets, io), (parsed.GetValue(_parameters) ?? []).Select(Parameter).ToDictionary()));
    }

    private static ProviderEntry Entry(string? id)
    {
        var catalog = ProviderCatalog.BuiltIn;
        return id is null ? throw new UsageException("--provider is required: an id of the catalogue; see: proxy providers")
            : catalog.TryGet(id, out var entry) ? entry
            : throw new UsageException($"There is no provider '{id}'.{Nearest.Hint(id, catalog.Ids)} See: proxy providers");
    }

    private static List<NamedSecret> Resolve(string[] references, CommandIo io)
    {
        var problems = new ProblemList();
        var resolver = new SecretReference(io.Configuration([]), new FileSnapshot(), problems);
        var secrets = new List<NamedSecret>();
        foreach (var (index, reference) in references.Index())
        {
            var name = references.Length == 1 ? "secret" : $"secret{index + 1}";
            var node = SettingNode.Parse(SecretsSource, "{}"u8.ToArray(), io.Directory, problems)!.With([name], SecretsSource, reference);
            if (resolver.Resolve(node.Members[name]) is { } value)
            {
                secrets.Add(new NamedSecret(name, value));
            }
        }

        return problems.Errors.Count == 0
            ? secrets
            : throw new UsageException(string.Join(Environment.NewLine, problems.Errors.Select(static error => $"{error.Source}: {error.Message}")));
    }

    private static KeyValuePair<string, string> Parameter(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
            ? new(text[..equals], text[(equals + 1)..])
            : throw new UsageException("--parameter: a value without a name; expected NAME=VALUE.");
}
