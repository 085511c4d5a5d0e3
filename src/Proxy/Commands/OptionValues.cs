using System.CommandLine;
using System.Globalization;
using System.Numerics;
using WebhookVerification.Settings;

namespace Proxy.Commands;

/// <summary>Options whose values are not just any text. What is not legal is said in a line that names what is.</summary>
internal static class OptionValues
{
    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>; null where none is given.</summary>
    public static Option<T?> Number<T>(string name, string helpName, string description, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                if (result.Tokens is [var token, ..] && T.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    && value >= least && value <= most)
                {
                    return value;
                }

                var kind = T.IsInteger(T.One / (T.One + T.One)) ? "a whole number" : "a number";
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {kind} from {least} to {most}."));
                return null;
            },
        };

    /// <summary>One of the members of <typeparamref name="T"/>, in any case; the first where none is given.</summary>
    public static Option<T> Choice<T>(string name, string? helpName, string description)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens is [var token, ..] ? token.Value : "";
                var legal = Enum.GetNames<T>().Select(static member => member.ToLowerInvariant()).ToList();
                if (legal.Contains(text.ToLowerInvariant()))
                {
                    return Enum.Parse<T>(text, ignoreCase: true);
                }

                result.AddError($"{name}: \"{text}\" is not legal; expected {string.Join(", ", legal)}.{Nearest.Hint(text, legal)}");
                return default;
            },
        };
}
