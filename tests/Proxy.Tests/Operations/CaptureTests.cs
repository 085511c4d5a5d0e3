using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Proxy.Commands.Explain;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Operations;

/// <summary>Requests that are kept in files, where the configuration asks for it.</summary>
public sealed class CaptureTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("capture-");

    private string Kept => Path.Combine(_parent.FullName, "kept");

    [Fact]
    public async Task RefusedForItsSignature_IsKeptByteByByte()
    {
        await using var proxy = await StartAsync();
        var request = RawRequest.Post("/webhooks/tawk?a=%41", "{\"caf\u00e9\":1}"u8, ("X-Tawk-Signature", new string('0', 40)), ("X-Odd", "caf\u00e9"));

        var response = await proxy.SendAsync(request);

        var file = Assert.Single(await FilesAsync(1));
        Assert.Equal(Lines(request), Lines(await File.ReadAllBytesAsync(file)));
        Assert.Contains(Path.GetFileNameWithoutExtension(file)[^32..], response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChunkedBody_IsKeptWholeAndCanBeExplained()
    {
        await using var proxy = await StartAsync();

        await proxy.SendAsync(RawRequest.PostChunked("/webhooks/tawk", "0123456789"u8, 3, ("X-Tawk-Signature", new string('0', 40))));

        var bytes = await File.ReadAllBytesAsync(Assert.Single(await FilesAsync(1)));
        var message = Encoding.Latin1.GetString(bytes);
        Assert.Contains("Content-Length: 10\r\n", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", message, StringComparison.Ordinal);
        var explained = HttpMessageParser.ParseMessage("captured", bytes);
        Assert.Equal(("POST", "/webhooks/tawk", "0123456789"), (explained.Method, explained.Target, Encoding.Latin1.GetString(explained.Body.Span)));
    }

    [Fact]
    public async Task RefusedForItsHeaders_IsKeptAsAHead()
    {
        await using var proxy = await StartAsync();

        await proxy.SendUnsignedAsync("/webhooks/tawk");

        var file = Assert.Single(await FilesAsync(1));
        Assert.EndsWith(".head.http", file, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_AreReadableByTheOwnerOnly()
    {
        await using var proxy = await StartAsync();

        await proxy.SendForgedAsync("tawk");

        var file = Assert.Single(await FilesAsync(1));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Kept).UnixFileMode);
    }

    [Fact]
    public async Task MoreThanMaxFiles_KeepsTheNewest()
    {
        await using var proxy = await StartAsync();
        for (var i = 0; i < 8; i++)
        {
            proxy.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await proxy.SendAsync(RawRequest.Post($"/webhooks/tawk?{i}", "x"u8));
            await Deadline.Until(() => Files().Any(file => Begins(file, $"POST /webhooks/tawk?{i} ")), $"request {i} kept");
        }

        await Deadline.Until(() => Files().Length == 3, "the oldest files to go");
        Assert.Equal(["?5", "?6", "?7"], Files().Select(file => File.ReadAllText(file).Split(' ')[1][^2..]));
    }

    [Fact]
    public async Task Genuine_IsKeptOnlyWhenAllAreWanted()
    {
        await using (var refusedOnly = await StartAsync())
        {
            await refusedOnly.SendGenuineAsync("tawk");
            await refusedOnly.SendForgedAsync("tawk");
            await FilesAsync(1);
        }

        await using var all = await StartAsync(onlyRefused: false);
        await all.SendGenuineAsync("tawk");
        await all.SendUnsignedAsync("/webhooks/tawk");
        await FilesAsync(3);
    }

    [Fact]
    public async Task AllWanted_CarriesTheTraceIdOfTheAnswer()
    {
        await using var proxy = await StartAsync(onlyRefused: false);

        var answer = await proxy.SendForgedAsync("tawk");
        var traceId = JsonDocument.Parse(answer.Text).RootElement.GetProperty("traceId").GetString();
        Assert.EndsWith($"-{traceId}.http", Assert.Single(await FilesAsync(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilesOfOthers_AreNeitherCountedNorDeleted()
    {
        Directory.CreateDirectory(Kept);
        foreach (var name in (string[])["0-first.http", "zz-last.http"])
        {
            await File.WriteAllTextAsync(Path.Combine(Kept, name), "mine");
        }

        await using var proxy = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            proxy.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await proxy.SendForgedAsync("tawk");
            await FilesAsync(2 + Math.Min(i + 1, 3));
        }

        Assert.EndsWith("0-first.http", Files()[0], StringComparison.Ordinal);
        Assert.EndsWith("zz-last.http", Files()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllWanted_KeepsHandshakesAndUnverifiedRequestsAsHeads()
    {
        await using var proxy = await StartAsync(onlyRefused: false);

        Assert.Equal(200, (await proxy.SendHandshakeAsync()).Status);
        var handshake = Assert.Single(await FilesAsync(1));
        Assert.EndsWith(".head.http", handshake, StringComparison.Ordinal);
        Assert.True(Begins(handshake, "GET /webhooks/meta?hub.mode=subscribe"));

        proxy.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, (await proxy.SendAsync(RawRequest.Post("/legacy", "a body that streams"u8))).Status);
        var unverified = (await FilesAsync(2))[1];
        Assert.EndsWith(".head.http", unverified, StringComparison.Ordinal);
        Assert.True(Begins(unverified, "POST /legacy "));
        Assert.EndsWith("\r\n\r\n", await File.ReadAllTextAsync(unverified), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusedOnesWanted_KeepsNeitherHandshakesNorUnverifiedRequests()
    {
        await using var proxy = await StartAsync();

        await proxy.SendHandshakeAsync();
        await proxy.SendUnsignedAsync("/legacy");
        await proxy.SendForgedAsync("tawk");

        Assert.True(Begins(Assert.Single(await FilesAsync(1)), "POST /webhooks/tawk "));
    }

    [Fact]
    public async Task DirectoryThatCannotBe_DisturbsNobodyAndIsSaidOnce()
    {
        await File.WriteAllTextAsync(Kept, "not a directory");
        await using var proxy = await StartAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(400, (await proxy.SendForgedAsync("tawk")).Status);
        }

        Assert.Equal(200, (await proxy.SendGenuineAsync("tawk")).Status);
        await Deadline.Until(() => Complaints(proxy).Count > 0, "a line that says so");
        Assert.Single(Complaints(proxy));
    }

    [Fact]
    public async Task NotAskedFor_KeepsNothing()
    {
        await using var proxy = await OperationsTraffic.StartAsync();

        await proxy.SendForgedAsync("tawk");

        Assert.Empty(_parent.GetFileSystemInfos());
    }

    public void Dispose() => _parent.Delete(recursive: true);

    private Task<ProxyFixture> StartAsync(bool onlyRefused = true) => OperationsTraffic.StartAsync(OperationsTraffic.Configuration.Replace(
        "\"Drain\":",
        $$"""
        "Capture": { "Directory": "{{Kept}}", "OnlyRefused": {{(onlyRefused ? "true" : "false")}}, "MaxFiles": 3 }, "Drain":
        """,
        StringComparison.Ordinal));

    private async Task<string[]> FilesAsync(int count)
    {
        await Deadline.Until(() => Files().Length == count, $"{count} file(s)");
        return Files();
    }

    private string[] Files() => Directory.Exists(Kept) ? [.. Directory.GetFiles(Kept, "*.http").Order(StringComparer.Ordinal)] : [];

    /// <summary>A file that was listed may be gone by now: the writer removes the oldest.</summary>
    private static bool Begins(string file, string text)
    {
        try
        {
            return File.ReadAllText(file).StartsWith(text, StringComparison.Ordinal);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static IReadOnlyList<LogLine> Complaints(ProxyFixture proxy) =>
        [.. proxy.Log.Lines.Where(static line => line is { Level: LogLevel.Warning } && line.Category.EndsWith("CaptureWriter", StringComparison.Ordinal))];

    /// <summary>Kestrel does not tell in which order the headers came.</summary>
    private static IEnumerable<string> Lines(byte[] message) => Encoding.Latin1.GetString(message).Split("\r\n").Order(StringComparer.Ordinal);
}
