using WebhookVerification.Replay;
using WebhookVerification.Tests.Replay;

namespace Proxy.Tests.Replay;

[Collection(PostgresTests.Name)]
public sealed class PostgresReplayStoreContractTests(PostgresFixture postgres) : ReplayStoreContract
{
    private StoreUnderTest _underTest = null!;

    public override async Task DisposeAsync()
    {
        await _underTest.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override async Task<IReplayStore> CreateAsync()
    {
        _underTest = new StoreUnderTest(await postgres.Server.CreateSchemaAsync());
        await _underTest.Table.CreateAsync(CancellationToken.None);
        return _underTest.Store;
    }
}
