using Microsoft.Extensions.ObjectPool;
using Proxy.Webhooks.Body;
using Proxy.Webhooks.Buffering;

namespace Proxy.Webhooks;

/// <summary>Exchanges that wait for their next request.</summary>
internal sealed class WebhookExchangePool(BufferBudget budget)
{
    private readonly DefaultObjectPool<WebhookExchange> _pool = new(new Policy(budget), maximumRetained: 1024);

    public WebhookExchange Get() => _pool.Get();

    public void Return(WebhookExchange exchange)
    {
        exchange.End();
        _pool.Return(exchange);
    }

    private sealed class Policy(BufferBudget budget) : PooledObjectPolicy<WebhookExchange>
    {
        public override WebhookExchange Create() => new(new BufferedBody(budget));

        public override bool Return(WebhookExchange obj) => true;
    }
}
