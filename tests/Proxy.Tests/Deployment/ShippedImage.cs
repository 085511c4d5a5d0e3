using System.Text.RegularExpressions;
using Proxy.Tests.Documents;

namespace Proxy.Tests.Deployment;

/// <summary>What the Dockerfile says, for the files that refer to it.</summary>
internal static partial class ShippedImage
{
    public static string Configuration => Find(ConfigurationVariable());

    public static int User => int.Parse(Find(UserLine()), System.Globalization.CultureInfo.InvariantCulture);

    private static string Find(Regex what) => what.Match(Repository.Read("Dockerfile")).Groups[1].Value;

    [GeneratedRegex(@"^ENV PROXY_CONFIG=(\S+)", RegexOptions.Multiline)]
    private static partial Regex ConfigurationVariable();

    [GeneratedRegex(@"^USER (\d+):", RegexOptions.Multiline)]
    private static partial Regex UserLine();
}
