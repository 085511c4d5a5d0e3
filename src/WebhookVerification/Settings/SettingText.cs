using System.Text;

namespace WebhookVerification.Settings;

/// <summary>Shows a wrong value in a message: short, on one line, without control characters.</summary>
internal static class SettingText
{
    private const int Longest = 64;

    public static string Show(SettingNode node) => node.Kind switch
    {
        SettingKind.Object => "An object",
        SettingKind.Array => "An array",
        SettingKind.Null => "null",
        SettingKind.String => $"\"{Shorten(node.Text!)}\"",
        _ => Shorten(node.Text!),
    };

    private static string Shorten(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            shown.Append(char.IsControl(c) ? '\uFFFD' : c);
        }

        return text.Length > Longest ? shown.Append('…').ToString() : shown.ToString();
    }
}
