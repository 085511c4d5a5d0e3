using Proxy.Listening;
using Proxy.Management;
using Proxy.Webhooks.Sources;

namespace Proxy.Configuration;

/// <summary>Everything of a configuration but policies and routes: checked, defaults resolved, references resolved. Immutable.</summary>
internal sealed record ProxySettings
{
    public const string DefaultUrls = "http://0.0.0.0:8080";

    /// <summary>Addresses to listen on, separated by semicolons. Default <c>http://0.0.0.0:8080</c>.</summary>
    public required string Urls { get; init; }

    /// <summary>What Kestrel reads: its section without certificates, or an endpoint for each of <see cref="Urls"/> where that has none.</summary>
    public required IConfiguration Kestrel { get; init; }

    /// <summary>By the names of the endpoints of <see cref="Kestrel"/> that have TLS.</summary>
    public required IReadOnlyDictionary<string, EndpointCertificates> Certificates { get; init; }

    public required ManagementSettings Management { get; init; }

    public required ReplaySettings Replay { get; init; }

    public required LimitSettings Limits { get; init; }

    public required CaptureSettings Capture { get; init; }

    /// <summary>Whose <c>X-Forwarded-For</c> is believed. Default: nobody's.</summary>
    public required NetworkList TrustedProxies { get; init; }

    /// <summary>How long requests in flight may take to end after a stop was asked for and the listener is closed. Default 30 s.</summary>
    public required TimeSpan Drain { get; init; }

    /// <summary>How long the listener stays open after a stop was asked for. Default 0.</summary>
    public required TimeSpan DrainDelay { get; init; }
}

/// <summary>Where claims of processed webhooks are kept.</summary>
internal enum ReplayStoreKind
{
    /// <summary>In this process; forgotten on restart.</summary>
    Memory = 0,

    /// <summary>In a database, shared by every instance.</summary>
    PostgreSQL,
}

/// <summary>The section <c>Webhooks.Replay</c>.</summary>
/// <param name="Store">Default <see cref="ReplayStoreKind.Memory"/>.</param>
/// <param name="Capacity">Claims that the memory store keeps at most. Default 1,000,000.</param>
/// <param name="ConnectionString">Of PostgreSQL; null for the memory store.</param>
internal sealed record ReplaySettings(ReplayStoreKind Store, int Capacity, ReplayConnection? ConnectionString);

/// <summary>A connection string, which may hold a password: never printed.</summary>
internal sealed class ReplayConnection(string value)
{
    public string Value { get; } = value;

    public override string ToString() => "connection string (redacted)";
}

/// <summary>The section <c>Webhooks.Limits</c>.</summary>
/// <param name="MaxBufferedBytes">Bodies held in memory at one time. Default 256 MiB.</param>
/// <param name="MaxBufferedShare">The part of it that one route may hold. Default 0.25.</param>
internal sealed record LimitSettings(long MaxBufferedBytes, double MaxBufferedShare);

/// <summary>The section <c>Webhooks.Capture</c>.</summary>
/// <param name="Directory">Full path of where requests are kept; null, the default, to keep none.</param>
/// <param name="OnlyRefused">False to keep every request. Default true.</param>
/// <param name="MaxFiles">The newest that are kept. Default 100.</param>
internal sealed record CaptureSettings(string? Directory, bool OnlyRefused, int MaxFiles);
