using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Proxy.Commands.Demo;
using Proxy.Tests.EndToEnd;
using Xunit.Abstractions;

namespace Proxy.Tests.Hostile;

/// <summary>Thousands of slow large uploads at once, again and again, at a proxy of its own process: its memory is bounded, and it serves on.</summary>
[Collection(FullSpeedTests.Name)]
public sealed class SlowUploadTests(ITestOutputHelper output)
{
    private const int Uploads = 2000;

    /// <summary>What one leaves behind for the garbage collector is still there when the next one comes.</summary>
    private const int Waves = 3;

    private const int Declared = 1024 * 1024;

    /// <summary>More than half of one of the server's blocks: what makes a body hold the most memory for its bytes.</summary>
    private const int Piece = 2560;

    private const int Honest = 200;

    /// <summary>MaxBufferedBytes as shipped, and what the process may hold beside it.</summary>
    private const long Limit = 256L << 20;

    private const long Beside = 100L << 20;

    private static readonly string[] Routes = ["tawk", "protocol", "chatbase", "smarterbot"];

    [Fact]
    public async Task SlowUploads_StayWithinTheBudgetAndHoldUpNoHonestWebhook()
    {
        await using var consumer = new RecordingConsumer { KeepsRequests = false };
        await using var proxy = await ProxyProcess.StartAsync(
            consumer.Address, [.. Routes.Select(static route => ($"Webhooks__Policies__{route}__BodyTimeout", "00:05:00"))]);
        _ = await SendAsync(proxy, "warm");
        var alone = await SendAsync(proxy, "alone");

        List<(int Status, TimeSpan Took)> meanwhile = [];
        for (var wave = 1; wave <= Waves; wave++)
        {
            var uploads = await Task.WhenAll(Enumerable.Range(0, Uploads).Select(i => SlowUpload.OpenAsync(proxy.Address, Routes[i % Routes.Length], Declared)));
            await Deadline.Until(
                async () =>
                {
                    await Task.WhenAll(uploads.Chunk(Uploads / 4).Select(static part => Task.Run(() => SendPieces(part))));
                    return (await proxy.ScrapeAsync()).Sum("webhook_requests_total", ("outcome", "refused")) >= ((wave - 1) * Uploads) + (Uploads / 4);
                },
                "the uploads to use up what the budget gives to large bodies");
            meanwhile.AddRange(await SendAsync(proxy, $"wave {wave}", () => SendPieces(uploads)));
            Array.ForEach(uploads, static upload => upload.Dispose());
        }

        var peak = await PeakAsync(proxy.Id);
        output.WriteLine($"p99 of {Honest} honest webhooks: {P99(alone)} alone, {P99(meanwhile)} beside {Waves} waves of {Uploads} slow uploads; {peak >> 20} MiB at the most");
        Assert.All([.. alone, .. meanwhile], static answer => Assert.Equal(200, answer.Status));
        Assert.InRange(peak, 0, Limit + Beside);
        await Deadline.Until(async () => (await proxy.ScrapeAsync()).Sum("webhook_buffered_bytes") == 0, "everything to be given back");
    }

    /// <summary>Small genuine webhooks, one after the other on one connection.</summary>
    private static async Task<List<(int Status, TimeSpan Took)>> SendAsync(ProxyProcess proxy, string phase, Action? between = null)
    {
        using var client = await RawHttpClient.ConnectAsync(proxy.Address);
        var answers = new List<(int, TimeSpan)>();
        for (var i = 0; i < Honest; i++)
        {
            var request = ProxyProcess.Signed(Routes[i % Routes.Length], System.Text.Encoding.UTF8.GetBytes($"{{\"{phase}\":{i}}}"));
            var began = Stopwatch.GetTimestamp();
            await client.SendAsync(request);
            answers.Add(((await client.ReadResponseAsync()).Status, Stopwatch.GetElapsedTime(began)));
            if (i % 20 == 0)
            {
                between?.Invoke();
            }
        }

        return answers;
    }

    private static void SendPieces(IEnumerable<SlowUpload> uploads)
    {
        foreach (var upload in uploads)
        {
            upload.SendPiece(Piece);
        }
    }

    private static string P99(List<(int Status, TimeSpan Took)> answers) =>
        $"{answers.Select(static answer => answer.Took.TotalMilliseconds).Order().ElementAt(answers.Count * 99 / 100):F1} ms";

    /// <summary>The most that was ever resident, in bytes, as the kernel counted.</summary>
    private static async Task<long> PeakAsync(int process)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{process}/status");
        var kilobytes = lines.Single(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal);
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>A connection whose request does not end.</summary>
    private sealed class SlowUpload : IDisposable
    {
        private static readonly byte[] Zeros = new byte[Piece];

        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private bool _over;

        public static async Task<SlowUpload> OpenAsync(Uri proxy, string route, int declared)
        {
            var upload = new SlowUpload();
            await Deadline.Within(upload._socket.ConnectAsync(proxy.Host, proxy.Port), "a connection");
            // Well formed, and signed for another body: only the whole body can tell that it is forged.
            _ = await upload._socket.SendAsync(RawRequest.Head("POST", $"/webhooks/{route}", [
                ProviderSignature.Of(route, ProxyFixture.Secret, "{}"u8, TimeProvider.System.GetUtcNow()),
                ("Content-Length", declared.ToString(CultureInfo.InvariantCulture))]));
            upload._socket.Blocking = false;
            return upload;
        }

        /// <summary>Sends if it can at once: the proxy has given it up, or is busy, otherwise.</summary>
        public void SendPiece(int bytes)
        {
            if (!_over)
            {
                _socket.Send(Zeros.AsSpan(0, bytes), SocketFlags.None, out var error);
                _over = error is not (SocketError.Success or SocketError.WouldBlock);
            }
        }

        public void Dispose() => _socket.Dispose();
    }
}
