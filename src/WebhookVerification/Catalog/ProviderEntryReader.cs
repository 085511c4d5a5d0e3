using System.Text;
using WebhookVerification.Settings;

namespace WebhookVerification.Catalog;

/// <summary>Reads a catalogue entry from JSON and reports every error in it. The schema of the JSON is config/provider.schema.json.</summary>
internal static class ProviderEntryReader
{
    private static readonly string[] Confidences = ["high", "medium"];

    /// <summary>Null when it has errors.</summary>
    public static ProviderEntry? Read(SettingNode node, ProblemList problems)
    {
        var errorsBefore = problems.Errors.Count;
        var reader = new SettingReader(node, problems);
        var id = reader.RequiredString("id");
        var name = reader.RequiredString("name");
        var docs = reader.String("docs");
        var sources = reader.StringList("sources");
        _ = reader.OneOf("confidence", Confidences);
        var schemeNode = reader.Required("scheme");
        var scheme = schemeNode is null ? null : SchemeReader.Read(schemeNode, problems);
        var entry = new ProviderEntry
        {
            // What is missing is an error by now.
            Id = id!,
            Name = name!,
            Docs = docs,
            Sources = sources,
            Scheme = scheme!,
            Definition = node,
            Tolerance = reader.TimeSpan("tolerance", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)),
            MaxBodyBytes = reader.Long("maxBodyBytes", 1, int.MaxValue),
            RejectStatus = reader.Int("rejectStatus", 400, 499),
            Reply = ReadReply(reader.Child("reply")),
            Replay = reader.Enum<ReplayAdvice>("replay"),
            DispatchHeaders = reader.StringList("dispatchHeaders"),
            Retries = reader.String("retries"),
            Sample = reader.String("sample"),
        };
        reader.Done();
        if (id is not null && !IsId(id))
        {
            problems.Error(node, $"The id \"{id}\" is not legal; expected lower-case letters, digits and single hyphens, such as \"lemon-squeezy\".");
        }

        return problems.Errors.Count > errorsBefore ? null : entry;
    }

    private static ProviderReply? ReadReply(SettingReader? reader)
    {
        if (reader is null)
        {
            return null;
        }

        var contentType = reader.RequiredString("contentType");

        // Not RequiredString: Xero wants an answer without a body.
        var body = reader.Required("body") is null ? null : reader.String("body");
        var accepted = reader.StringList("accepted");
        reader.Done();
        return contentType is null || body is null
            ? null
            : new ProviderReply(contentType, Encoding.UTF8.GetBytes(body), [.. accepted.Prepend(body).Select(static text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]);
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= 64
        && id.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && !id.StartsWith('-') && !id.EndsWith('-') && !id.Contains("--", StringComparison.Ordinal)
        && id is not ("custom" or "none");
}
