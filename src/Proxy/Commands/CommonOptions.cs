using System.Buffers;
using System.CommandLine;

namespace Proxy.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary><c>--config FILE</c>, repeatable; later files win.</summary>
    public static Option<string[]> Config() => new("--config")
    {
        Description = "A configuration file; again for further ones, of which later win. Default: PROXY_CONFIG, else ./config/appsettings.json.",
        HelpName = "FILE",
    };

    /// <summary><c>--url URL</c>: the provider's URL, where it is signed.</summary>
    public static Option<string?> Url(string description) => new("--url") { Description = description, HelpName = "URL" };

    /// <summary><c>--method M</c>: a token of RFC 9110, section 5.6.2.</summary>
    public static Option<string?> Method(string @default) => new("--method")
    {
        Description = $"The method. Default: {@default}.",
        HelpName = "M",
        CustomParser = static result =>
        {
            var text = result.Tokens is [var token, ..] ? token.Value : "";
            if (text.Length == 0 || text.AsSpan().ContainsAnyExcept(TokenCharacters))
            {
                result.AddError($"--method: \"{text}\" is no method; expected a word such as {HttpMethods.Post}.");
            }

            return text;
        },
    };

    /// <summary><c>--body F</c>: a file whose bytes are the body.</summary>
    public static Option<string?> Body(string description) => new("--body") { Description = description, HelpName = "F" };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json(string description = "Prints JSON.") => new("--json") { Description = description };
}
