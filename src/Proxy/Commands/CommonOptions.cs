using System.CommandLine;

namespace Proxy.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    /// <summary><c>--config FILE</c>, repeatable; later files win.</summary>
    public static Option<string[]> Config() => new("--config")
    {
        Description = "A configuration file; again for further ones, of which later win. Default: PROXY_CONFIG, else ./config/appsettings.json.",
        HelpName = "FILE",
    };
}
