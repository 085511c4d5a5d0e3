using System.Net;

namespace Proxy.Commands.Check;

/// <summary>Asks a running proxy whether it lives, so that a container without a shell can have a health check.</summary>
internal static class LivenessCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(Uri url, TextWriter errors, CancellationToken cancellationToken)
    {
        // A proxy of the environment's would answer for itself.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Limit };
        try
        {
            using var response = await client.GetAsync(
                url.AbsolutePath == "/" ? new Uri(url, "/livez") : url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return ExitCode.Ok;
            }

            await errors.WriteLineAsync($"Not live: answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            await errors.WriteLineAsync($"Not live: {e.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"Not live: no answer within {Limit.TotalSeconds} s.");
        }

        return ExitCode.StartFailed;
    }
}
