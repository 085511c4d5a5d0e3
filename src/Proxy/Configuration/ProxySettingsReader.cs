using System.Text;
using Proxy.Replay;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads everything but policies and routes, with every error in it.</summary>
internal sealed class ProxySettingsReader(
    ConfigurationSource source, SecretReference secrets, CertificateReader certificates, ProblemList problems)
{
    public const string UrlsSection = "Urls";
    public const string KestrelSection = "Kestrel";
    public const string ManagementSection = "Management";
    public const string ReverseProxySection = "ReverseProxy";
    public const string WebhooksSection = "Webhooks";

    private static readonly TimeSpan LongestDrain = TimeSpan.FromHours(1);

    /// <summary>The members of a configuration's top level.</summary>
    public static IReadOnlyList<string> Sections { get; } = [UrlsSection, KestrelSection, ManagementSection, ReverseProxySection, WebhooksSection];

    /// <summary>Reads a whole configuration. Every default stands here, so that a section may be missing.</summary>
    public ConfigurationSections Read(SettingNode root)
    {
        var reader = new SettingReader(root, problems);
        var listening = new ListenerReader(source, secrets, certificates, problems);
        var urls = listening.Urls(reader);
        var endpoints = listening.Kestrel(reader);
        var management = listening.Management(reader.Child(ManagementSection));
        var reverseProxy = reader.Child(ReverseProxySection)?.Node;
        var webhooks = reader.Child(WebhooksSection);
        reader.Done();

        var policies = new List<KeyValuePair<string, SettingNode>>(webhooks?.Children("Policies") ?? []);
        var catalog = webhooks?.Items("Catalog") ?? [];
        var settings = new ProxySettings
        {
            Urls = urls,
            Kestrel = endpoints.Section,
            Certificates = endpoints.Certificates,
            Management = management,
            Replay = Replay(webhooks?.Child("Replay")),
            Limits = Limits(webhooks?.Child("Limits")),
            Capture = Capture(webhooks?.Child("Capture")),
            TrustedProxies = NetworkReader.TrustedProxies(webhooks),
            Drain = webhooks?.TimeSpan("Drain", TimeSpan.Zero, LongestDrain) ?? TimeSpan.FromSeconds(30),
            DrainDelay = webhooks?.TimeSpan("DrainDelay", TimeSpan.Zero, LongestDrain) ?? TimeSpan.Zero,
        };
        webhooks?.Done();
        return new ConfigurationSections(settings, policies, catalog, reverseProxy);
    }

    private ReplaySettings Replay(SettingReader? reader)
    {
        if (reader is null)
        {
            return new(ReplayStoreKind.Memory, 1_000_000, ConnectionString: null);
        }

        var store = reader.Enum<ReplayStoreKind>("Store") ?? ReplayStoreKind.Memory;
        var capacity = reader.Int("Capacity", 1_000, 100_000_000) ?? 1_000_000;
        var connection = reader.Any("ConnectionString");
        reader.Done();
        if (store == ReplayStoreKind.PostgreSQL && connection is null)
        {
            problems.Error(reader.Node, "The store PostgreSQL needs a 'ConnectionString': env:NAME, file:PATH or a literal.");
        }

        return new(store, capacity, connection is null ? null : Connection(connection));
    }

    private ReplayConnection? Connection(SettingNode node)
    {
        if (secrets.Resolve(node) is not { } bytes)
        {
            return null;
        }

        var value = Encoding.UTF8.GetString(bytes.Span);
        try
        {
            // Connects to nothing yet; but values that are legal one by one, and not together, show only here.
            new PostgresConnections(value, PostgresConnections.DefaultTimeout).Dispose();
            return new ReplayConnection(value);
        }
        catch (ArgumentException)
        {
            // Neither the value nor the exception's message, which may quote it: a password may be in it.
            problems.Error(node, "This is no connection string of PostgreSQL, or its values do not go together; expected for example Host=db;Database=webhooks;Username=proxy;Password=....");
            return null;
        }
    }

    private static LimitSettings Limits(SettingReader? reader)
    {
        const long Least = 1024 * 1024;
        var limits = new LimitSettings(
            reader?.Long("MaxBufferedBytes", Least, long.MaxValue / 2) ?? 256 * Least,
            reader?.Double("MaxBufferedShare", 0.01, 1) ?? 0.25);
        reader?.Done();
        return limits;
    }

    private CaptureSettings Capture(SettingReader? reader)
    {
        string? directory = null;
        if (reader?.Any("Directory") is { } node && reader.RequiredString("Directory") is { } name)
        {
            directory = source.PathOf(node, name);
            if (directory is null)
            {
                problems.Error(node, "No directory can have such a name.");
            }
        }

        var capture = new CaptureSettings(
            directory,
            reader?.Bool("OnlyRefused") ?? true,
            reader?.Int("MaxFiles", 1, 100_000) ?? 100);
        reader?.Done();
        return capture;
    }
}

/// <summary>What is left to read once everything that stands alone is read.</summary>
/// <param name="Settings">Read and checked.</param>
/// <param name="Policies">Nodes of the policies, by name.</param>
/// <param name="Catalog">File name patterns of further providers.</param>
/// <param name="ReverseProxy">YARP's section; null when absent.</param>
internal sealed record ConfigurationSections(
    ProxySettings Settings,
    IReadOnlyList<KeyValuePair<string, SettingNode>> Policies,
    IReadOnlyList<SettingNode> Catalog,
    SettingNode? ReverseProxy);
