using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Finds how a policy's requests are signed: by a provider of the catalogue, or by a scheme of the policy's own.</summary>
internal sealed class PolicyProvider(PolicyCatalog catalog, ProblemList problems)
{
    /// <summary>The provider label of a policy with a scheme of its own.</summary>
    public const string CustomId = "custom";

    /// <summary>So many ids fit into a message; more are left to the verb that lists them.</summary>
    private const int MostIdsShown = 12;

    /// <summary>Null, and the error, when there is no such provider or no legal scheme.</summary>
    public ProviderEntry? Read(SettingReader reader)
    {
        var id = reader.String("Provider");
        var scheme = reader.Any("Scheme");
        switch (id, scheme)
        {
            case (not null, not null):
                problems.Error(scheme, "A policy has either a 'Provider' of the catalogue or a 'Scheme' of its own, not both.");
                return null;
            case (not null, null):
                return ById(id, reader.Node.Members["Provider"]);
            case (null, not null):
                return Scheme.Parse(scheme, problems) is { } own ? new ProviderEntry { Id = CustomId, Name = CustomId, Scheme = own } : null;
            default:
                if (!reader.Node.Members.ContainsKey("Provider"))
                {
                    problems.Error(reader.Node, "The key 'Provider' (an id of the catalogue) or 'Scheme' is required.");
                }

                return null;
        }
    }

    private ProviderEntry? ById(string id, SettingNode at)
    {
        if (catalog.Providers.TryGet(id, out var entry))
        {
            return entry;
        }

        var ids = catalog.Providers.Ids;
        var legal = ids.Count <= MostIdsShown
            ? $"expected one of {string.Join(", ", ids)}."
            : $"expected one of the {ids.Count} ids that 'proxy providers' lists.";
        problems.Error(at, $"\"{id}\" is no provider of the catalogue; {legal}{Nearest.Hint(id, ids)}");
        return null;
    }
}
