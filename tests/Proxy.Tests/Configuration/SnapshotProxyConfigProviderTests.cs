using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Proxy.Configuration;
using Proxy.Tests.Telemetry;
using Proxy.Webhooks;
using Proxy.Webhooks.Buffering;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class SnapshotProxyConfigProviderTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();
    private readonly MetricsFixture _metrics = new();
    private readonly RecordingObserver _observer = new();
    private readonly BufferBudget _budget = new(1 << 20, 1, TimeProvider.System);

    [Fact]
    public async Task OfferedSnapshot_IsInForceOnceYarpHasAppliedIt()
    {
        var first = _directory.LoadText(Valid).Snapshot!;
        var source = new SnapshotSource(first);
        await using var app = Build(source);
        app.MapReverseProxy();
        var lookup = app.Services.GetRequiredService<IProxyStateLookup>();
        Assert.Same(first, Assert.Single(_observer.Applications));

        var second = _directory.LoadText(WithPolicy("\"MaxBodyBytes\": 5")).Snapshot!;
        source.Offer(second);

        await Deadline.Until(() => ReferenceEquals(source.Current, second), "the second snapshot is confirmed");
        Assert.Equal([first, second], _observer.Applications);
        Assert.True(lookup.TryGetRoute("tawk", out var route));
        var ours = Assert.IsType<WebhookRouteMetadata>(route.Config.Metadata);
        Assert.Same(second.Policies["tawk"], ours.Route.Policy);
        Assert.Same(ours.Route.Metrics, Assert.Single(_metrics.Metrics.Routes));
    }

    [Fact]
    public async Task SnapshotThatYarpRefuses_LeavesTheOldOneInForce()
    {
        var first = _directory.LoadText(Valid).Snapshot!;
        var source = new SnapshotSource(first);
        await using var app = Build(source);
        app.MapReverseProxy();

        var plan = first.Routes[0];
        source.Offer(first with { Routes = [plan with { Config = plan.Config with { Match = new RouteMatch() } }] });

        await Deadline.Until(() => _observer.Rejections.Count == 1, "the refusal is reported");
        Assert.Same(first, source.Current);
        Assert.Same(first, source.Offered.Snapshot);
    }

    public void Dispose()
    {
        _budget.Dispose();
        _metrics.Dispose();
        _directory.Dispose();
    }

    private WebApplication Build(SnapshotSource source)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddReverseProxy();
        builder.Services.AddSingleton(source);
        builder.Services.AddSingleton(_metrics.Metrics);
        builder.Services.AddSingleton(_budget);
        builder.Services.AddSingleton<WebhookRouteFactory>();
        builder.Services.AddSingleton<IProxyConfigProvider, SnapshotProxyConfigProvider>();
        builder.Services.AddSingleton<IConfigChangeListener, SnapshotConfirmation>();
        builder.Services.AddSingleton<IReloadObserver>(_observer);
        builder.Services.AddSingleton<IReloadObserver, ReloadReporter>();
        return builder.Build();
    }
}
