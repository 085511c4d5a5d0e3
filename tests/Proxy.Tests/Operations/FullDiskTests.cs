using System.Runtime.Versioning;
using System.Text;
using System.Text.RegularExpressions;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Operations;

/// <summary>Captures that the kernel really refuses to write: on a full file system, and beyond the size that files may have.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FullDiskTests : IDisposable
{
    /// <summary>
    /// Gives a program 16 KiB of its own at the directory, and runs it: a file system in a mount name space, which ends with the
    /// program. Where neither root nor user name spaces may mount, files are limited instead.
    /// </summary>
    private const string OnATinyDisk = """
        if unshare --mount true 2>/dev/null; then apart="unshare --mount"
        elif unshare --user --map-root-user --mount true 2>/dev/null; then apart="unshare --user --map-root-user --mount"
        else exec sh -c "$0" "$0" "$@"
        fi
        exec $apart sh -c 'mount -t tmpfs -o size=16k,mode=0700 tmpfs "$1" && shift && exec "$@"' sh "$@"
        """;

    /// <summary>Limits files to 8 KiB. The runtime would begin with a larger one, to map its code twice, if it were let.</summary>
    private const string WithSmallFiles = """
        trap "" XFSZ
        ulimit -f 16
        export DOTNET_EnableWriteXorExecute=0
        shift
        exec "$@"
        """;

    private static readonly byte[] TooLarge = new byte[20_000];

    private readonly DirectoryInfo _disk = Directory.CreateTempSubdirectory("disk-");

    [Theory]
    [InlineData(OnATinyDisk)]
    [InlineData(WithSmallFiles)]
    public async Task WritingRefused_DisturbsNoRequestAndIsSaidOnceUntilThereIsRoom(string launcher)
    {
        await using var consumer = new RecordingConsumer();
        await using var proxy = await ProxyProcess.StartUnderAsync(
            ["sh", "-c", launcher, WithSmallFiles, _disk.FullName],
            consumer.Address,
            ("Webhooks__Capture__Directory", _disk.FullName),
            ("Webhooks__Capture__OnlyRefused", "false"));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(400, (await proxy.SendAsync(Forged(TooLarge))).Status);
        }

        Assert.Equal(200, (await proxy.SendAsync(ProxyProcess.Signed("tawk", TooLarge))).Status);
        Assert.Equal(400, (await proxy.SendAsync(Forged("a small one"u8.ToArray()))).Status);

        // What waits is written in turn: with this one, all before it were tried.
        await Deadline.Until(() => Files(proxy).Any(static file => file.EndsWith(".http", StringComparison.Ordinal)), "the small one to be kept");
        Assert.EndsWith("a small one", await File.ReadAllTextAsync(Assert.Single(Files(proxy)), Encoding.Latin1), StringComparison.Ordinal);
        var complaint = Assert.Single(Regex.Matches(proxy.Output, "Captured requests cannot be written to .*"));
        Assert.Matches("No space left on device|too large for the file system", complaint.Value);
    }

    public void Dispose() => _disk.Delete(recursive: true);

    private static byte[] Forged(byte[] body) => RawRequest.Post("/webhooks/tawk", body, ("X-Tawk-Signature", new string('0', 40)));

    /// <summary>As the proxy sees them.</summary>
    private string[] Files(ProxyProcess proxy) => Directory.GetFiles($"/proc/{proxy.Id}/root{_disk.FullName}");
}
