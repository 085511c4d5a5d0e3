using System.CommandLine;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Commands.Providers;

/// <summary><c>providers</c>: the catalogue, or one entry of it with an example of its configuration.</summary>
internal static class ProvidersCommand
{
    public static Command Create(CommandIo io)
    {
        var id = new Argument<string?>("ID") { Description = "The id of one provider.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json("Prints the entries as a JSON array.");
        var command = new Verb("providers", "Lists the providers of the catalogue, or shows one.", "proxy providers smarterbot") { id, json };
        command.SetAction(parsed => Run(parsed.GetValue(id), parsed.GetValue(json), io.Output, io.Error, io.IsTerminal));
        return command;
    }

    internal static int Run(string? id, bool json, TextWriter output, TextWriter error, bool isTerminal)
    {
        var catalog = ProviderCatalog.BuiltIn;
        ProviderEntry? entry = null;
        if (id is not null && !catalog.TryGet(id, out entry))
        {
            error.WriteLine($"There is no provider '{id}'.{Nearest.Hint(id, catalog.Ids)} See: proxy providers");
            return ExitCode.Usage;
        }

        if (json)
        {
            EntryJson.Write(output, entry is null ? catalog.Entries : [entry]);
        }
        else if (entry is not null)
        {
            EntryPage.Write(output, entry);
        }
        else
        {
            TableOutput.Write(output, isTerminal, CatalogTable.Of(catalog.Entries));
        }

        return ExitCode.Ok;
    }
}
