using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;

namespace Proxy.Commands.Demo;

/// <summary>
/// The app behind the proxy in a demo: written before anybody thought of signatures, it takes whatever it gets, writes it
/// down and answers 200 "OK".
/// </summary>
internal sealed class LegacyConsumer : IAsyncDisposable
{
    // A demo that is left running must not grow: the oldest entries go first.
    private const int Remembered = 1000;

    private readonly Channel<ConsumedRequest> _received = Channel.CreateBounded<ConsumedRequest>(
        new BoundedChannelOptions(Remembered) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly WebApplication _app;

    private LegacyConsumer()
    {
        // The empty builder reads neither files nor environment: nothing of the operator's shell moves the port.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.Run(AcceptAsync);
    }

    /// <summary>Where it listens, on a port that the system chose.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>What it got, oldest first; an entry is there before its answer leaves.</summary>
    public ChannelReader<ConsumedRequest> Received => _received.Reader;

    public static async Task<LegacyConsumer> StartAsync(CancellationToken cancellationToken = default)
    {
        var consumer = new LegacyConsumer();
        await consumer._app.StartAsync(cancellationToken);
        return consumer;
    }

    public async ValueTask DisposeAsync()
    {
        _received.Writer.TryComplete();
        await _app.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.Writer.TryWrite(new ConsumedRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            [.. context.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))],
            body.ToArray()));
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync("OK", context.RequestAborted);
    }
}

/// <summary>A request as the consumer saw it: raw target, header values as Latin-1, exact body bytes.</summary>
internal sealed record ConsumedRequest(
    string Method,
    string Target,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body);
