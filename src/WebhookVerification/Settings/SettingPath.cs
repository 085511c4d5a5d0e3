using System.Text.RegularExpressions;

namespace WebhookVerification.Settings;

/// <summary>Spells the JSONPath of members and items.</summary>
internal static partial class SettingPath
{
    public const string Root = "$";

    public static string Member(string parent, string name) =>
        PlainName().IsMatch(name)
            ? $"{parent}.{name}"
            : $"{parent}['{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";

    public static string Item(string parent, int index) => $"{parent}[{index}]";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
