using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Fleet;

/// <summary>
/// A provider under load: connections used again, small and large webhooks, every fifth sent a second time, as providers do that did not
/// hear the answer. Whatever is not answered with 200 is a failure, but for a proxy's own request to come back: on a starved machine
/// the store may take longer than a webhook waits.
/// </summary>
/// <param name="address">Where it sends.</param>
/// <param name="clock">What it signs by.</param>
internal sealed partial class WebhookLoad(Uri address, TimeProvider clock) : IDisposable
{
    private const int Senders = 4;
    private const int CopyEvery = 5;
    private const int LargeEvery = 50;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient _client = new() { BaseAddress = address };
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private int _sent;

    /// <summary>Different webhooks that were begun.</summary>
    public int Sent => Volatile.Read(in _sent);

    public IReadOnlyCollection<string> Failures => _failures;

    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => SendAsync()));

    public void Stop() => _stop.Cancel();

    /// <summary>The number of the webhook that a consumer got.</summary>
    public static int NumberOf(RecordedRequest request) => int.Parse(Number().Match(Encoding.UTF8.GetString(request.Body.AsSpan(0, 64))).Groups[1].Value, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent);
            var padding = new string('x', number % LargeEvery == 0 ? 200_000 : 200);
            var body = Encoding.UTF8.GetBytes($$"""{"Type":"Lead","number":{{number}},"padding":"{{padding}}"}""");
            var signature = ProviderSignature.Of("smarterbot", ProxyFixture.Secret, body, clock.GetUtcNow());
            for (var copies = number % CopyEvery == 0 ? 2 : 1; copies > 0; copies--)
            {
                await Deadline.Until(() => TryPostAsync(number, body, signature), $"webhook {number} to be answered");
            }

            _ = await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>False when the proxy says that it should come again.</summary>
    private async Task<bool> TryPostAsync(int number, byte[] body, (string Name, string Value) signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/smarterbot") { Content = new ByteArrayContent(body) };
        request.Headers.TryAddWithoutValidation(signature.Name, signature.Value);
        try
        {
            using var answer = await _client.SendAsync(request);
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Conflict
                && answer.Headers.RetryAfter is not null && answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            {
                return false;
            }

            if (answer.StatusCode != HttpStatusCode.OK)
            {
                _failures.Enqueue($"{number}: {(int)answer.StatusCode}");
            }
        }
        catch (HttpRequestException e)
        {
            _failures.Enqueue($"{number}: {e.Message}");
        }

        return true;
    }

    [GeneratedRegex("\"number\":([0-9]+)")]
    private static partial Regex Number();
}
