using System.Collections;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Where a configuration comes from. Nothing else reads the command line, the environment or the current directory.</summary>
/// <param name="Files">The files of <c>--config</c>, in order; empty for PROXY_CONFIG or the default.</param>
/// <param name="Environment">Environment variables: overrides in the .NET form, and what <c>env:</c> references name.</param>
/// <param name="Directory">What relative file names start from.</param>
internal sealed record ConfigurationSource(IReadOnlyList<string> Files, IReadOnlyDictionary<string, string> Environment, string Directory)
{
    /// <summary>Names a file when no <c>--config</c> does.</summary>
    public const string FileVariable = "PROXY_CONFIG";

    /// <summary>What is read when nothing names a file.</summary>
    public const string DefaultFile = "./config/appsettings.json";

    /// <summary>Addresses of <c>--urls</c>, which replace Urls and Kestrel of every file; null for none.</summary>
    public string? Urls { get; init; }

    /// <summary>The content of <see cref="ShippedConfiguration"/> is read in place of files.</summary>
    public bool UseShipped { get; init; }

    /// <summary>What certificates are valid by; the system's clock unless a caller has another.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The source that this process was started with.</summary>
    public static ConfigurationSource OfProcess(IReadOnlyList<string> files)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            environment.Add((string)variable.Key, (string?)variable.Value ?? "");
        }

        return new(files, environment, System.Environment.CurrentDirectory);
    }

    /// <summary>
    /// The whole path that a value names: a relative one starts from the file that the value stands in. Null where nothing can have such a name.
    /// </summary>
    public string? PathOf(SettingNode node, string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(path, node.BaseDirectory ?? Directory);

    /// <summary>The names of the files to read, as they were given.</summary>
    public IReadOnlyList<string> FileNames() =>
        Files.Count > 0 ? Files : [Environment.GetValueOrDefault(FileVariable) is { Length: > 0 } file ? file : DefaultFile];
}
