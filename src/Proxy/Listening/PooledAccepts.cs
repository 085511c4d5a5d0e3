using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Proxy.Listening;

/// <summary>
/// The server's own listeners, but what follows an accepted connection runs on the thread pool even where sockets complete inline
/// (<see cref="InlineCompletions"/>). Out of file descriptors, the server asks for the next connection again and again without a
/// pause, until there are some: on the thread that hears from the kernel, every open connection would wait as long.
/// </summary>
internal sealed class PooledAccepts(IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await _sockets.BindAsync(endpoint, cancellationToken));

    private sealed class Listener(IConnectionListener inner) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            var before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(Pool.Instance);
            ValueTask<ConnectionContext?> accepting;
            try
            {
                accepting = inner.AcceptAsync(cancellationToken);
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(before);
            }

            return await accepting;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>Whoever waits in it goes on in the pool, and stays in it. The base class itself would count as none.</summary>
    private sealed class Pool : SynchronizationContext
    {
        public static readonly Pool Instance = new();

        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.UnsafeQueueUserWorkItem(
            static call =>
            {
                SetSynchronizationContext(Instance);
                call.Callback(call.State);
                SetSynchronizationContext(null);
            },
            (Callback: d, State: state),
            preferLocal: false);

        public override SynchronizationContext CreateCopy() => this;
    }
}

/// <summary>Puts <see cref="PooledAccepts"/> in place of the server's own listeners.</summary>
internal static class PooledAccepting
{
    /// <summary>To be called after the server was chosen.</summary>
    public static IWebHostBuilder UsePooledAccepts(this IWebHostBuilder web) => web.ConfigureServices(static services =>
    {
        services.RemoveAll<IConnectionListenerFactory>();
        services.AddSingleton<IConnectionListenerFactory, PooledAccepts>();
    });
}
