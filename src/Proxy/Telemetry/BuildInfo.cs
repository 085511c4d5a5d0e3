using System.Reflection;

namespace Proxy.Telemetry;

/// <summary>What this program was built from.</summary>
/// <param name="Version">The version, without build metadata.</param>
/// <param name="Revision">The commit, or "unknown" in a build outside version control.</param>
internal sealed record BuildInfo(string Version, string Revision)
{
    public static BuildInfo Current { get; } = Parse(
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");

    /// <summary>Splits an informational version, "1.2.3+commit".</summary>
    internal static BuildInfo Parse(string informationalVersion) => informationalVersion.Split('+', 2) switch
    {
        [var version, { Length: > 0 } revision] => new(version, revision),
        [{ Length: > 0 } version, ..] => new(version, "unknown"),
        _ => new("unknown", "unknown"),
    };
}
