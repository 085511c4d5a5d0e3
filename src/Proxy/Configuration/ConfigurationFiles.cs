using System.Globalization;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads the files of a <see cref="ConfigurationSource"/> into one tree and lays the environment and <c>--urls</c> over it.</summary>
internal static class ConfigurationFiles
{
    /// <summary>A configuration of thousands of routes stays well below this.</summary>
    public const int SizeLimit = 16 * 1024 * 1024;

    private const string Separator = "__";

    /// <summary>The merged tree; null, and the errors, when a file is missing or is not JSON.</summary>
    public static SettingNode? Read(ConfigurationSource source, FileSnapshot files, ProblemList problems)
    {
        var root = source.UseShipped
            ? SettingNode.Parse(ShippedConfiguration.Name, ShippedConfiguration.Json, baseDirectory: null, problems)
            : ReadFiles(source, files, problems);
        if (root is null)
        {
            return null;
        }

        root = Override(root, source.Environment);
        return source.Urls is null ? root : root.With([ProxySettingsReader.UrlsSection], "--urls", source.Urls);
    }

    /// <summary>Reads and parses one file; null, and the error, when that fails.</summary>
    public static SettingNode? ReadOne(string name, string path, FileSnapshot files, ProblemList problems)
    {
        var (_, bytes, error) = files.Read(path, SizeLimit);
        if (bytes is null)
        {
            problems.Error(name, "$", $"The file '{path}' {error}.");
            return null;
        }

        return SettingNode.Parse(name, bytes, Path.GetDirectoryName(path), problems);
    }

    private static SettingNode? ReadFiles(ConfigurationSource source, FileSnapshot files, ProblemList problems)
    {
        SettingNode? merged = null;
        var complete = true;
        foreach (var name in source.FileNames())
        {
            var node = ReadOne(name, Path.GetFullPath(name, source.Directory), files, problems);
            complete &= node is not null;
            merged = merged is null || node is null ? merged ?? node : merged.Merge(node);
        }

        return complete ? merged : null;
    }

    /// <summary>
    /// Only variables whose first segment is a section of ours count: any other may belong to the system or to another program.
    /// For the same reason a section needs a second segment, but for Urls, which is a string.
    /// </summary>
    private static SettingNode Override(SettingNode root, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var name in environment.Keys.Where(static name => IsOurs(Segments(name))).OrderBy(Segments, SegmentOrder.Instance))
        {
            root = root.With(Segments(name), $"environment variable {name}", environment[name]);
        }

        return root;
    }

    private static string[] Segments(string name) => name.Split(Separator);

    private static bool IsOurs(string[] segments) =>
        ProxySettingsReader.Sections.Contains(segments[0], StringComparer.OrdinalIgnoreCase)
        && (segments.Length > 1 || segments[0].Equals(ProxySettingsReader.UrlsSection, StringComparison.OrdinalIgnoreCase));

    /// <summary>By segment, numbers by value: item 2 of a list comes before item 10.</summary>
    private sealed class SegmentOrder : IComparer<string[]>
    {
        public static readonly SegmentOrder Instance = new();

        public int Compare(string[]? x, string[]? y)
        {
            foreach (var (left, right) in x!.Zip(y!))
            {
                var order = int.TryParse(left, CultureInfo.InvariantCulture, out var a) && int.TryParse(right, CultureInfo.InvariantCulture, out var b)
                    ? a.CompareTo(b)
                    : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
                if (order != 0)
                {
                    return order;
                }
            }

            return x!.Length.CompareTo(y!.Length);
        }
    }
}
