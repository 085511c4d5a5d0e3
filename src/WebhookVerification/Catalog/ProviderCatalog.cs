using System.Diagnostics.CodeAnalysis;
using WebhookVerification.Settings;

namespace WebhookVerification.Catalog;

/// <summary>The providers there are: those that come with the library and those that an operator adds. Immutable.</summary>
public sealed class ProviderCatalog
{
    private const string ResourcePrefix = "providers/";

    private static readonly Lazy<ProviderCatalog> LazyBuiltIn = new(IndexBuiltIn);

    // Read when they are asked for: a configuration names a few, and reading all 200 is a sixth of the time of a start.
    private readonly Dictionary<string, Lazy<ProviderEntry>> _entries;
    private readonly string[] _ids;

    private ProviderCatalog(Dictionary<string, Lazy<ProviderEntry>> entries)
    {
        _entries = entries;
        _ids = [.. entries.Keys];
        Array.Sort(_ids, StringComparer.Ordinal);
    }

    /// <summary>The entries that come with the library.</summary>
    public static ProviderCatalog BuiltIn => LazyBuiltIn.Value;

    /// <summary>Every entry, by id.</summary>
    public IReadOnlyCollection<ProviderEntry> Entries => Array.ConvertAll(_ids, id => _entries[id].Value);

    /// <summary>Every id, sorted.</summary>
    public IReadOnlyCollection<string> Ids => _ids;

    /// <summary>Looks an entry up by its exact id.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out ProviderEntry? entry)
    {
        entry = _entries.TryGetValue(id, out var lazy) ? lazy.Value : null;
        return entry is not null;
    }

    /// <summary>
    /// A catalogue with the operator's own entries beside ours. An id that exists already is an error: which of the two a
    /// policy means would depend on the order of files.
    /// </summary>
    /// <param name="extra">Root nodes of provider files, an entry each.</param>
    /// <param name="problems">Takes every error.</param>
    public ProviderCatalog With(IEnumerable<SettingNode> extra, ProblemList problems)
    {
        var entries = new Dictionary<string, Lazy<ProviderEntry>>(_entries, StringComparer.Ordinal);
        foreach (var node in extra)
        {
            if (ProviderEntryReader.Read(node, problems) is { } entry && !entries.TryAdd(entry.Id, new(entry)))
            {
                problems.Error(node, $"The id \"{entry.Id}\" is taken by another entry of the catalogue; choose one of your own.");
            }
        }

        return new ProviderCatalog(entries);
    }

    /// <summary>A built-in entry stands in a resource of its id's name.</summary>
    private static ProviderCatalog IndexBuiltIn()
    {
        var entries = new Dictionary<string, Lazy<ProviderEntry>>(StringComparer.Ordinal);
        foreach (var name in typeof(ProviderCatalog).Assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            {
                var id = Path.GetFileNameWithoutExtension(name);
                entries.Add(id, new(() => ReadBuiltIn(name, id)));
            }
        }

        return new ProviderCatalog(entries);
    }

    private static ProviderEntry ReadBuiltIn(string name, string id)
    {
        using var stream = typeof(ProviderCatalog).Assembly.GetManifestResourceStream(name)!;
        var utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        var problems = new ProblemList();
        return SettingNode.Parse(name, utf8, baseDirectory: null, problems) is { } node
            && ProviderEntryReader.Read(node, problems) is { } entry
            && entry.Id == id
                ? entry
                : throw new InvalidOperationException($"{name} is no entry of the catalogue for \"{id}\":{Environment.NewLine}{string.Join(Environment.NewLine, problems.Errors)}");
    }
}
