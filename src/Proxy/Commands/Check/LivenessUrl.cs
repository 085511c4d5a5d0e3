using Proxy.Configuration;
using Proxy.Management;
using WebhookVerification.Settings;

namespace Proxy.Commands.Check;

/// <summary>Where the proxy of a configuration says that it lives, to somebody on the same machine.</summary>
internal static class LivenessUrl
{
    private const string Path = "/livez";

    /// <summary>
    /// Follows Management:Url, and nothing else in the configuration: a proxy that lives on with its last good configuration must
    /// not be taken for dead because the file has errors now. A file that is not even JSON leaves what the environment says, or
    /// the default.
    /// </summary>
    /// <exception cref="UsageException">The proxy chooses its port itself, or listens on something that is no port.</exception>
    public static Uri Of(ConfigurationSource source)
    {
        var problems = new ProblemList();
        var root = ConfigurationFiles.Read(source, new FileSnapshot(), problems)
            ?? ConfigurationFiles.Read(source with { UseShipped = true }, new FileSnapshot(), problems)!;
        var url = new SettingReader(root, problems).Child(ProxySettingsReader.ManagementSection)?.String("Url") ?? ManagementSettings.DefaultUrl;
        if (!ListenAddress.TryParse(url, out var address) || address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
        {
            throw new UsageException($"Management:Url is \"{url}\", which says no port to ask; give --live a URL.");
        }

        return new UriBuilder(address.Scheme, ListenAddress.Reachable(address), address.Port, Path).Uri;
    }
}
