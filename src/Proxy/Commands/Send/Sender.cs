using System.Globalization;

namespace Proxy.Commands.Send;

/// <summary>Posts requests, several at a time where asked, and tells what is answered.</summary>
internal sealed class Sender(HttpClient client, TimeProvider time)
{
    /// <summary>How long the client waits for an answer. It then cancels the request, which only looks like Ctrl+C.</summary>
    private string Patience => string.Create(CultureInfo.InvariantCulture, $"{client.Timeout.TotalSeconds:0.##} s");

    /// <summary>Posts one request, and writes the answer's status and body.</summary>
    public async Task<int> SendOneAsync(OutgoingRequest request, CommandIo io, CancellationToken cancellationToken)
    {
        try
        {
            using var message = request.ToMessage();
            using var answer = await client.SendAsync(message, cancellationToken);
            await io.Error.WriteLineAsync($"{(int)answer.StatusCode} {answer.ReasonPhrase}");
            await io.Output.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode ? ExitCode.Ok : ExitCode.NotVerified;
        }
        catch (HttpRequestException e)
        {
            await io.Error.WriteLineAsync($"No answer: {e.Message}");
            return ExitCode.StartFailed;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await io.Error.WriteLineAsync($"No answer within {Patience}.");
            return ExitCode.StartFailed;
        }
    }

    /// <summary>Posts <paramref name="count"/> requests.</summary>
    /// <param name="requests">Signs the next one.</param>
    /// <param name="count">How many.</param>
    /// <param name="concurrency">How many at a time.</param>
    /// <param name="rate">How many are begun in a second; null for as many as can be.</param>
    /// <param name="sent">Told after each.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<SendSummary> SendManyAsync(
        RequestFactory requests, int count, int concurrency, double? rate, Action sent, CancellationToken cancellationToken)
    {
        var summary = new SendSummary();
        var start = time.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (index, stopping) =>
        {
            if (rate is { } perSecond)
            {
                var ahead = TimeSpan.FromSeconds(index / perSecond) - time.GetElapsedTime(start);
                await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero, time, stopping);
            }

            var request = requests.Next();
            var began = time.GetTimestamp();
            var answer = await AnswerAsync(request, stopping);
            summary.Add(answer, time.GetElapsedTime(began));
            sent();
        });
        return summary;
    }

    private async Task<string> AnswerAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var message = request.ToMessage();
            using var answer = await client.SendAsync(message, cancellationToken);
            return ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException e)
        {
            return $"no answer ({e.HttpRequestError})";
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience}";
        }
    }
}
