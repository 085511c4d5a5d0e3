using Spectre.Console;
using WebhookVerification.Catalog;

namespace Proxy.Commands.Providers;

/// <summary>The catalogue, a row an entry.</summary>
internal static class CatalogTable
{
    public static Table Of(IEnumerable<ProviderEntry> entries)
    {
        var table = new Table().AddColumns("id", "provider", "algorithm", "signed time", "signed id");
        foreach (var entry in entries)
        {
            table.AddRow(
                Markup.Escape(entry.Id),
                Markup.Escape(entry.Name),
                Markup.Escape(entry.Scheme.AlgorithmName),
                entry.Scheme.SignsTime ? "yes" : entry.Scheme.HasBodyTimestamp ? "in the body" : "-",
                entry.Scheme.SignsDeliveryId ? "yes" : "-");
        }

        return table;
    }
}
