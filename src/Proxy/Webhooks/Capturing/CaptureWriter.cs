namespace Proxy.Webhooks.Capturing;

/// <summary>Writes captured requests to files, one after the other, and says once when it cannot.</summary>
internal sealed partial class CaptureWriter(RequestCapture capture, ILogger<CaptureWriter> logger) : BackgroundService
{
    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in capture.Waiting.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            await WriteAsync(message).ConfigureAwait(false);
            capture.Done(message);
            if (capture.TakeDropped() is > 0 and var dropped)
            {
                Log.Dropped(logger, dropped);
            }
        }
    }

    private async Task WriteAsync(CapturedMessage message)
    {
        // A reload may have turned it off meanwhile.
        if (capture.Settings is not { Directory: { } directory } settings)
        {
            return;
        }

        try
        {
            await new CaptureDirectory(directory).WriteAsync(message, settings.MaxFiles).ConfigureAwait(false);
            _isFailing = false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it is: a full disk is an IOException, a file beyond the system's limit is an ArgumentOutOfRangeException,
            // and nothing that befalls a copy may end the proxy, as an exception from here would.
            if (!_isFailing)
            {
                Log.Failed(logger, directory, e.Message);
            }

            _isFailing = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(330, LogLevel.Warning, "Captured requests cannot be written to {Directory}: {Problem}")]
        public static partial void Failed(ILogger logger, string directory, string problem);

        [LoggerMessage(331, LogLevel.Information, "{Count} requests were not captured: too many at once.")]
        public static partial void Dropped(ILogger logger, long count);
    }
}
