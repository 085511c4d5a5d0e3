using Proxy.Commands.Check;
using Proxy.Configuration;
using Proxy.Tests.Replay;

namespace Proxy.Tests.Commands.Check;

[Collection(PostgresTests.Name)]
public sealed class StoreProbeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task DatabaseThatAnswers_IsFine() => Assert.Null(await ProbeAsync(postgres.Server.ConnectionString));

    [Fact]
    public async Task NobodyListens_SaysSo() =>
        Assert.Contains("Failed to connect", await ProbeAsync("Host=127.0.0.1;Port=1"), StringComparison.Ordinal);

    [Fact]
    public async Task ReadOnly_SaysSo() => Assert.Equal(
        "the database is read-only",
        await ProbeAsync($"{postgres.Server.ConnectionString};Options=-c default_transaction_read_only=on"));

    [Fact]
    public async Task MemoryStore_NeedsNoDatabase() =>
        Assert.Null(await StoreProbe.ConnectAsync(new(ReplayStoreKind.Memory, 1000, null), CancellationToken.None));

    private static Task<string?> ProbeAsync(string connectionString) => StoreProbe.ConnectAsync(
        new(ReplayStoreKind.PostgreSQL, 1000, new ReplayConnection(connectionString)), CancellationToken.None);
}
