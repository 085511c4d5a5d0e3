using WebhookVerification.Catalog;

namespace Proxy.Commands.Providers;

/// <summary>One entry for people: what is known of the provider, and a policy to copy.</summary>
internal static class EntryPage
{
    public static void Write(TextWriter output, ProviderEntry entry)
    {
        var scheme = entry.Scheme;
        output.WriteLine($"{entry.Id}: {entry.Name}");
        Line(output, "documents", entry.Docs);
        Line(output, "algorithm", scheme.AlgorithmName);
        Line(output, "signs the body", scheme.SignsWholeBody ? "yes" : scheme.SignsBody ? "pieces of it only" : "no");
        Line(output, "note", entry.Definition?.Members.GetValueOrDefault("$comment")?.Text);
        Line(output, "tolerance", entry.Tolerance?.ToString("c"));
        Line(output, "reject status", entry.RejectStatus?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Line(output, "dispatches on", entry.DispatchHeaders.Count > 0 ? string.Join(", ", entry.DispatchHeaders) : null);
        Line(output, "retries", entry.Retries);
        foreach (var source in entry.Sources)
        {
            Line(output, "source", source);
        }

        foreach (var parameter in scheme.Parameters)
        {
            Line(output, $"parameter {parameter.Name}", $"{parameter.Description}{(parameter.Required ? " (required)" : "")}");
        }

        output.WriteLine();
        output.WriteLine("A policy for it:");
        WritePolicy(output, entry);
    }

    private static void WritePolicy(TextWriter output, ProviderEntry entry) => EntryJson.Write(output, json =>
    {
        var variable = entry.Id.ToUpperInvariant().Replace('-', '_');
        json.WriteStartObject();
        json.WriteStartObject(entry.Id);
        json.WriteString("Provider", entry.Id);
        json.WriteStartObject("Secrets");
        json.WriteString("current", $"env:{variable}_WEBHOOK_SECRET");
        json.WriteEndObject();
        if (entry.Scheme.Parameters.Any(static parameter => parameter.Required))
        {
            json.WriteStartObject("Parameters");
            foreach (var parameter in entry.Scheme.Parameters.Where(static parameter => parameter.Required))
            {
                json.WriteString(parameter.Name, $"env:{variable}_{parameter.Name.ToUpperInvariant()}");
            }

            json.WriteEndObject();
        }

        if (entry.Scheme.NeedsPublicUrl)
        {
            json.WriteString("PublicUrl", $"https://hooks.example.com/webhooks/{entry.Id}");
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void Line(TextWriter output, string name, string? value)
    {
        if (value is not null)
        {
            output.WriteLine($"  {name + ":",-16} {value}");
        }
    }
}
