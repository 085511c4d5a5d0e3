using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Proxy.Webhooks.Buffering;

namespace Proxy.Webhooks.Body;

/// <summary>
/// Reads a whole request body within the policy's bounds and keeps it where the server put it: everything is examined and
/// nothing consumed, so that no byte is copied. Examined bytes do not count against the server's own limit; the
/// <see cref="BufferBudget"/> bounds them instead. Reusable after <see cref="Release"/>.
/// </summary>
internal sealed class BufferedBody(BufferBudget budget) : BodyCharge
{
    private PipeReader? _reader;
    private ReadOnlySequence<byte> _content;
    private Footprint _footprint;
    private bool _holdsRead;

    /// <summary>Every byte of the body, valid until <see cref="Release"/>.</summary>
    public ref readonly ReadOnlySequence<byte> Content => ref _content;

    /// <summary>Reads to the end. <see cref="Reason.None"/> when the body is whole and within its bounds.</summary>
    /// <param name="context">The request.</param>
    /// <param name="route">Names the bounds.</param>
    /// <param name="started">When the headers were complete: a timestamp of the budget's clock.</param>
    public async ValueTask<Reason> ReadAsync(HttpContext context, WebhookRoute route, long started)
    {
        var policy = route.Policy;
        var declared = context.Request.ContentLength;
        if (declared > policy.MaxBodyBytes)
        {
            return Reason.BodyTooLarge;
        }

        LiftServerBound(context);
        Start(route.Budget, declared);
        _reader = context.Request.BodyReader;
        try
        {
            while (true)
            {
                var pending = _reader.ReadAsync(CancellationToken.None);
                if (!pending.IsCompleted)
                {
                    budget.Register(this, started, policy.BodyTimeout);
                }

                var read = await pending;
                _holdsRead = true;
                _content = read.Buffer;
                if (read.Buffer.Length > policy.MaxBodyBytes)
                {
                    return Reason.BodyTooLarge;
                }

                var held = _footprint.Of(read.Buffer, read.IsCompleted);
                Overhead = held - read.Buffer.Length;
                var charge = budget.TryCharge(this, Math.Max(held - Bytes, 0));
                if (charge == ChargeResult.Ok && read.IsCompleted)
                {
                    charge = budget.Complete(this, surplus: Math.Max(Bytes - held, 0));
                }

                if (charge != ChargeResult.Ok)
                {
                    return ToReason(charge);
                }

                if (read.IsCompleted)
                {
                    return Reason.None;
                }

                _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                _holdsRead = false;
            }
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => Reason.BodyTimeout,
                _ => Reason.BodyIncomplete,
            };
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            // A chunk's size that fits no integer. Kestrel has no better name for it, but the client is still there.
            return Reason.BodyIncomplete;
        }
        catch (InvalidOperationException) when (context.Request.Headers.TransferEncoding.Count > 0)
        {
            // A NUL in a trailer. Kestrel takes it for a fault of the application, and would log an error and a stack trace when it
            // drains the rest, for anybody who likes: only an aborted connection is not drained. No honest sender misses the answer.
            context.Abort();
            return Reason.BodyIncomplete;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            return Reason.ClientDisconnected;
        }
    }

    /// <summary>Has the request's headers frame the body as it is held: with its length, where it has a body, and never in chunks.</summary>
    public void Declare(HttpRequest request)
    {
        if (_content.Length > 0 || request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0)
        {
            request.ContentLength = _content.Length;
        }

        request.Headers.Remove(HeaderNames.TransferEncoding);
    }

    /// <summary>Gives the bytes back to the server and to the budget. Safe on every path, also when nothing was read.</summary>
    public void Release()
    {
        // First: once this has returned, nobody cancels a read any more, which would hit the connection's next request.
        budget.Release(this);
        if (_holdsRead)
        {
            _reader!.AdvanceTo(_content.End);
        }

        _reader = null;
        _content = default;
        _footprint = default;
        _holdsRead = false;
    }

    protected override void CancelRead() => _reader?.CancelPendingRead();

    /// <summary>
    /// Our bound replaces the server's, which counts the framing of chunks as well. What arrives is counted with every read; what
    /// has not been read yet, the server holds back.
    /// </summary>
    private static void LiftServerBound(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }

    private static Reason ToReason(ChargeResult charge) =>
        charge == ChargeResult.Overloaded ? Reason.Overloaded : Reason.BodyTimeout;
}
