using System.Globalization;
using System.Numerics;

namespace WebhookVerification.Settings;

public sealed partial class SettingReader
{
    /// <summary>A string.</summary>
    public string? String(string name) => Any(name) is { } node && Expect(node, SettingKind.String, "a string") ? node.Text : null;

    /// <summary>A string that has to be there and not be empty.</summary>
    public string? RequiredString(string name)
    {
        if (Required(name) is not { } node || !Expect(node, SettingKind.String, "a string"))
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(node.Text))
        {
            Wrong(node, "a string that is not empty");
            return null;
        }

        return node.Text;
    }

    /// <summary>A string whose value no message shows; null when absent or, with an error, of another type.</summary>
    public SettingNode? Secret(string name)
    {
        var node = Any(name);
        if (node is null or { Kind: SettingKind.String })
        {
            return node;
        }

        Problems.Error(node, "The value (not shown) is not legal here; expected a string.");
        return null;
    }

    /// <summary>Strings; an item of another kind is an error and left out.</summary>
    public IReadOnlyList<string> StringList(string name) =>
        [.. Items(name).Where(item => Expect(item, SettingKind.String, "a string")).Select(item => item.Text!)];

    /// <summary>true or false, also as a string.</summary>
    public bool? Bool(string name)
    {
        if (Any(name) is not { } node)
        {
            return null;
        }

        if (bool.TryParse(node.Text, out var value))
        {
            return value;
        }

        Wrong(node, "true or false");
        return null;
    }

    /// <summary>A whole number, also as a string, from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public int? Int(string name, int min = 0, int max = int.MaxValue) => InRange(name, min, max, NumberStyles.AllowLeadingSign, "a whole number");

    /// <summary>A whole number, also as a string, from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public long? Long(string name, long min = 0, long max = long.MaxValue) =>
        InRange(name, min, max, NumberStyles.AllowLeadingSign, "a whole number");

    /// <summary>A number, also as a string, from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public double? Double(string name, double min, double max) => InRange(name, min, max, NumberStyles.Float, "a number");

    /// <summary>A duration as hh:mm:ss or d.hh:mm:ss from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public TimeSpan? TimeSpan(string name, TimeSpan min, TimeSpan max)
    {
        if (Any(name) is not { } node)
        {
            return null;
        }

        // Two colons are asked for because .NET reads "5" as five days and "05:00" as five hours, which nobody means.
        if (node.Kind == SettingKind.String && node.Text!.Count(static c => c == ':') == 2
            && System.TimeSpan.TryParseExact(node.Text, "c", CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max)
        {
            return value;
        }

        Wrong(node, $"a duration as hh:mm:ss or d.hh:mm:ss, from {min:c} to {max:c}");
        return null;
    }

    /// <summary>One of the names in <paramref name="legal"/>, ignoring case, in the spelling of that list.</summary>
    public string? OneOf(string name, params IReadOnlyList<string> legal)
    {
        if (Any(name) is not { } node)
        {
            return null;
        }

        if (node.Kind == SettingKind.String && legal.FirstOrDefault(one => one.Equals(node.Text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        Wrong(node, $"one of {string.Join(", ", legal)}", node.Kind == SettingKind.String ? Nearest.Hint(node.Text!, legal) : "");
        return null;
    }

    /// <summary>A member of <typeparamref name="T"/> by its name, ignoring case; of <paramref name="legal"/> only, when that is given.</summary>
    public T? Enum<T>(string name, params IReadOnlyList<T> legal)
        where T : struct, Enum =>
        OneOf(name, legal is [] ? System.Enum.GetNames<T>() : [.. legal.Select(static one => one.ToString())]) is { } found
            ? System.Enum.Parse<T>(found)
            : null;

    private T? InRange<T>(string name, T min, T max, NumberStyles style, string what)
        where T : struct, INumber<T>
    {
        if (Any(name) is not { } node)
        {
            return null;
        }

        if (T.TryParse(node.Text, style, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        Wrong(node, string.Create(CultureInfo.InvariantCulture, $"{what} from {min} to {max}"));
        return null;
    }
}
