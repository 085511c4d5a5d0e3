using WebhookVerification.Replay;

namespace WebhookVerification.Tests.Replay;

public sealed class MemoryReplayStoreContractTests : ReplayStoreContract
{
    protected override Task<IReplayStore> CreateAsync() => Task.FromResult<IReplayStore>(new MemoryReplayStore(10_000));
}
