using System.Diagnostics.CodeAnalysis;
using WebhookVerification.Settings;

namespace WebhookVerification.Catalog;

/// <summary>The providers there are: those that come with the library and those that an operator adds. Immutable.</summary>
public sealed class ProviderCatalog
{
    private const string ResourcePrefix = "providers/";

    private static readonly Lazy<ProviderCatalog> LazyBuiltIn = new(LoadBuiltIn);

    private readonly SortedDictionary<string, ProviderEntry> _entries;

    private ProviderCatalog(SortedDictionary<string, ProviderEntry> entries) => _entries = entries;

    /// <summary>The entries that come with the library.</summary>
    public static ProviderCatalog BuiltIn => LazyBuiltIn.Value;

    /// <summary>Every entry, by id.</summary>
    public IReadOnlyCollection<ProviderEntry> Entries => _entries.Values;

    /// <summary>Every id, sorted.</summary>
    public IReadOnlyCollection<string> Ids => _entries.Keys;

    /// <summary>Looks an entry up by its exact id.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out ProviderEntry? entry) => _entries.TryGetValue(id, out entry);

    /// <summary>
    /// A catalogue with the operator's own entries beside ours. An id that exists already is an error: which of the two a
    /// policy means would depend on the order of files.
    /// </summary>
    /// <param name="extra">Root nodes of provider files, an entry each.</param>
    /// <param name="problems">Takes every error.</param>
    public ProviderCatalog With(IEnumerable<SettingNode> extra, ProblemList problems)
    {
        var entries = new SortedDictionary<string, ProviderEntry>(_entries, StringComparer.Ordinal);
        foreach (var node in extra)
        {
            if (ProviderEntryReader.Read(node, problems) is { } entry && !entries.TryAdd(entry.Id, entry))
            {
                problems.Error(node, $"The id \"{entry.Id}\" is taken by another entry of the catalogue; choose one of your own.");
            }
        }

        return new ProviderCatalog(entries);
    }

    private static ProviderCatalog LoadBuiltIn()
    {
        var problems = new ProblemList();
        var assembly = typeof(ProviderCatalog).Assembly;
        var nodes = new List<SettingNode>();
        foreach (var name in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var utf8 = new byte[stream.Length];
            stream.ReadExactly(utf8);
            if (SettingNode.Parse(name, utf8, baseDirectory: null, problems) is { } node)
            {
                nodes.Add(node);
            }
        }

        var catalog = new ProviderCatalog(new(StringComparer.Ordinal)).With(nodes, problems);
        return problems.Errors.Count == 0
            ? catalog
            : throw new InvalidOperationException($"The built-in catalogue has errors:{Environment.NewLine}{string.Join(Environment.NewLine, problems.Errors)}");
    }
}
