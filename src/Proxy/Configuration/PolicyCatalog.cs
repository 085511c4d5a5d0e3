using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>The providers that policies may name: the built-in ones and those of the operator's files.</summary>
/// <param name="Providers">All of them.</param>
/// <param name="Extra">The operator's files, parsed; a change in one renews the policies that use any.</param>
internal sealed record PolicyCatalog(ProviderCatalog Providers, IReadOnlyList<SettingNode> Extra)
{
    /// <summary>Reads the files that <paramref name="patterns"/> name.</summary>
    public static PolicyCatalog Read(
        IReadOnlyList<SettingNode> patterns, ConfigurationSource source, FileSnapshot files, ProblemList problems)
    {
        var extra = new List<SettingNode>();
        foreach (var node in patterns)
        {
            if (node is not { Kind: SettingKind.String, Text: { } pattern } || source.PathOf(node, pattern) is not { } path)
            {
                problems.Error(node, "The value is not legal here; expected a file name, perhaps with * or ? in its last segment.");
                continue;
            }

            var paths = files.Glob(path);
            if (paths.Count == 0)
            {
                problems.Error(node, $"No file matches \"{pattern}\".");
            }

            extra.AddRange(paths.Select(file => ConfigurationFiles.ReadOne(file, file, files, problems)).OfType<SettingNode>());
        }

        return new(extra.Count == 0 ? ProviderCatalog.BuiltIn : ProviderCatalog.BuiltIn.With(extra, problems), extra);
    }
}
