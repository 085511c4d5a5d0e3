using Proxy.Configuration;
using static Proxy.Tests.Configuration.ConfigurationDirectory;

namespace Proxy.Tests.Configuration;

public sealed class ConfigurationWatcherTests : IDisposable
{
    private readonly ConfigurationDirectory _directory = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public void Edit_IsOfferedOnceItReadsTheSameTwice()
    {
        var (watcher, source) = Watch(Valid);
        _directory.Write("main.json", WithPolicy("\"MaxBodyBytes\": 5"));

        watcher.Look();
        Assert.Equal(10_485_760, MaxBodyBytes(source));
        watcher.Look();
        Assert.Equal(5, MaxBodyBytes(source));
    }

    [Fact]
    public void FileThatIsStillBeingWritten_IsNotJudged()
    {
        var (watcher, source) = Watch(Valid);
        var offered = source.Offered.Changed;
        var text = WithPolicy("\"MaxBodyBytes\": 5");
        foreach (var length in new[] { 0, 10, 200, text.Length })
        {
            _directory.Write("main.json", text[..length]);
            watcher.Look();
        }

        Assert.False(offered.HasChanged);
        Assert.Empty(_observer.Rejections);
        watcher.Look();
        Assert.Equal(5, MaxBodyBytes(source));
    }

    [Fact]
    public void BrokenFile_IsRejectedOnceAndTheLastGoodOneStays()
    {
        var (watcher, source) = Watch(Valid);
        _directory.Write("main.json", Valid[..^2]);
        LookUntilSettled(watcher);
        LookUntilSettled(watcher);

        Assert.Contains("not valid JSON", Assert.Single(Assert.Single(_observer.Rejections)).Message, StringComparison.Ordinal);
        Assert.False(source.Offered.Changed.HasChanged);
        Assert.Equal(10_485_760, MaxBodyBytes(source));

        _directory.Write("main.json", WithPolicy("\"MaxBodyBytes\": 5"));
        LookUntilSettled(watcher);
        Assert.Equal(5, MaxBodyBytes(source));
    }

    [Fact]
    public void OneErrorAmongGoodChanges_RejectsTheWhole()
    {
        var (watcher, source) = Watch(Valid);
        _directory.Write("main.json", WithPolicy("\"MaxBodyBytes\": 5, \"BodyTimeout\": \"-00:00:01\""));
        LookUntilSettled(watcher);

        Assert.Equal(10_485_760, MaxBodyBytes(source));
        Assert.Equal("$.Webhooks.Policies.tawk.BodyTimeout", Assert.Single(Assert.Single(_observer.Rejections)).Path);
    }

    [Fact]
    public void RemovedFile_IsRejectedAndItsReturnIsNoticed()
    {
        var (watcher, source) = Watch(Valid);
        File.Delete(Path.Combine(_directory.Root, "main.json"));
        LookUntilSettled(watcher);
        Assert.Single(_observer.Rejections);

        _directory.Write("main.json", WithPolicy("\"MaxBodyBytes\": 5"));
        LookUntilSettled(watcher);
        Assert.Equal(5, MaxBodyBytes(source));
    }

    [Fact]
    public void FileRenamedOverIt_IsNoticed()
    {
        var (watcher, source) = Watch(Valid);
        File.Move(_directory.Write("next.json", WithPolicy("\"MaxBodyBytes\": 5")), Path.Combine(_directory.Root, "main.json"), overwrite: true);
        LookUntilSettled(watcher);

        Assert.Equal(5, MaxBodyBytes(source));
    }

    [Fact]
    public void SymbolicLinkSwappedToAnotherDirectory_IsNoticed()
    {
        foreach (var (version, json) in new[] { ("v1", Valid), ("v2", WithPolicy("\"MaxBodyBytes\": 5")) })
        {
            Directory.CreateDirectory(Path.Combine(_directory.Root, version));
            _directory.Write($"{version}/main.json", json);
        }

        // As a mounted ConfigMap is: the file is a link through "..data", and only that is ever replaced.
        var data = Path.Combine(_directory.Root, "..data");
        Directory.CreateSymbolicLink(data, "v1");
        File.CreateSymbolicLink(Path.Combine(_directory.Root, "main.json"), "..data/main.json");
        var (watcher, source) = Watch();

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "v2");
        LookUntilSettled(watcher);

        Assert.Equal(5, MaxBodyBytes(source));
    }

    [Fact]
    public void SecretFileThatChanges_RenewsThePolicy()
    {
        _directory.Write("secret", Secret);
        var (watcher, source) = Watch(Valid.Replace("env:TAWK", "file:secret", StringComparison.Ordinal));
        var before = source.Offered.Snapshot.Policies["tawk"];
        _directory.Write("secret", "another-secret-of-some-length");
        LookUntilSettled(watcher);

        Assert.NotEqual(before.Revision, source.Offered.Snapshot.Policies["tawk"].Revision);
    }

    [Fact]
    public void ProviderFileThatAppears_IsNoticed()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Root, "providers"));
        _directory.Write("providers/a.json", Provider("acme"));
        var (watcher, source) = Watch(Valid.Replace("\"Webhooks\": {", "\"Webhooks\": { \"Catalog\": [\"providers/*.json\"],", StringComparison.Ordinal));
        var changed = source.Offered.Changed;
        _directory.Write("providers/b.json", Provider("another-of-ours"));
        LookUntilSettled(watcher);

        Assert.True(changed.HasChanged);
    }

    [Fact]
    public async Task Watcher_LooksEverySecond()
    {
        var clock = new ManualTimeProvider();
        var (watcher, source) = Watch(Valid, clock);
        await watcher.StartAsync(CancellationToken.None);
        _directory.Write("main.json", WithPolicy("\"MaxBodyBytes\": 5"));
        await Deadline.Until(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return MaxBodyBytes(source) == 5;
            },
            "the edit is offered");
        await watcher.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task WatcherOfAProxyThatDoesNotStart_EndsQuietly()
    {
        var clock = new ManualTimeProvider();
        var (watcher, _) = Watch(Valid, clock);
        await watcher.StartAsync(CancellationToken.None);
        File.Delete(Path.Combine(_directory.Root, "main.json"));
        await Deadline.Until(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return _observer.Rejections.Count > 0;
            },
            "the watcher to look");
        watcher.Dispose();

        await Deadline.Within(watcher.ExecuteTask!, "the watcher to end");
    }

    public void Dispose() => _directory.Dispose();

    private static long MaxBodyBytes(SnapshotSource source) => source.Offered.Snapshot.Policies["tawk"].MaxBodyBytes;

    private static void LookUntilSettled(ConfigurationWatcher watcher)
    {
        watcher.Look();
        watcher.Look();
    }

    private static string Provider(string id) => $$"""
        { "id": "{{id}}", "name": "{{id}}", "docs": "https://example.com", "sources": ["https://example.com"], "confidence": "high",
          "scheme": { "algorithm": "hmac-sha256", "signature": { "in": "header:X-A", "encoding": "hex" }, "content": "{body}" } }
        """;

    private (ConfigurationWatcher Watcher, SnapshotSource Source) Watch(string? json = null, TimeProvider? time = null)
    {
        if (json is not null)
        {
            _directory.Write("main.json", json);
        }

        var loader = new SnapshotLoader(_directory.Source());
        var first = loader.Load();
        var source = new SnapshotSource(first.Snapshot!);
        return (new ConfigurationWatcher(loader, source, first, [_observer], time ?? new ManualTimeProvider()), source);
    }
}
