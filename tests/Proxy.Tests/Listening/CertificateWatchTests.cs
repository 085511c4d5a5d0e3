using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Proxy.Configuration;
using Proxy.Listening;
using Proxy.Tests.Configuration;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Listening;

/// <summary>A certificate that nobody renews, under a proxy that nobody touches.</summary>
public sealed class CertificateWatchTests : IDisposable
{
    private const string Key = "Kestrel__Endpoints__tls__Certificate__Path";

    private readonly ConfigurationDirectory _directory = new();
    private readonly TestAuthority _authority = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordingLog _log = new();

    [Fact]
    public async Task RunningProxy_SaysOnceADayWhatExpiresUntilItIsRenewed()
    {
        _directory.Write("main.json", ConfigurationDirectory.Valid);
        _directory.Environment["Kestrel__Endpoints__tls__Url"] = "https://127.0.0.1:0";
        _directory.Environment[Key] = "tls.pem";
        Issue(_clock.GetUtcNow().AddDays(15.5));
        var source = new SnapshotSource(Load());
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        using var watch = new CertificateWatch(source, _clock, loggers.CreateLogger<CertificateWatch>());
        await watch.StartAsync(CancellationToken.None);

        Assert.Empty(source.Current.Warnings);
        Assert.Empty(WarningsAfter(days: 1));
        Assert.Equal(
            $"environment variable {Key}: $.Kestrel.Endpoints.tls.Certificate.Path: The certificate in 'tls.pem' expires at 2026-01-16T12:00:00Z; "
            + "clients refuse it from then on. A renewed file needs no restart.",
            Assert.Single(WarningsAfter(days: 1)));
        var warnings = WarningsAfter(days: 14);
        Assert.Equal(15, warnings.Count);
        Assert.Contains("expired at 2026-01-16T12:00:00Z", warnings[^1], StringComparison.Ordinal);

        Issue(_clock.GetUtcNow().AddDays(90));
        source.Confirm(Load());
        Assert.Equal(15, WarningsAfter(days: 3).Count);
    }

    [Fact]
    public async Task Proxy_HasTheWatch()
    {
        await using var proxy = await ProxyFixture.StartAsync();
        Assert.Single(proxy.Services.GetServices<IHostedService>().OfType<CertificateWatch>());
    }

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
        _log.Dispose();
    }

    private List<string> WarningsAfter(int days)
    {
        _clock.Advance(TimeSpan.FromDays(days));
        return [.. _log.Lines.Where(static line => line is { Event.Id: 205, Level: LogLevel.Warning }).Select(static line => line.Text)];
    }

    private ProxySnapshot Load() => new SnapshotLoader(_directory.Source() with { Time = _clock }).Load().Snapshot!;

    private void Issue(DateTimeOffset until)
    {
        using var certificate = _authority.Issue("proxy.example.com", until);
        _directory.Write("tls.pem", _authority.Chain(certificate) + TestAuthority.Key(certificate));
    }
}
