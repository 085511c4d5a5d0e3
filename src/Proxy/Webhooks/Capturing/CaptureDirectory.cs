namespace Proxy.Webhooks.Capturing;

/// <summary>The files of captured requests. They hold what people wrote, so that only the proxy's own user may read them.</summary>
internal sealed class CaptureDirectory(string path)
{
    /// <summary>Ours alone: what else somebody keeps there is neither counted nor deleted.</summary>
    private const string Pattern = "????????T??????.???????-*.http";
    private const string Unfinished = ".part";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Adds a file, and deletes the oldest beyond <paramref name="maxFiles"/>.</summary>
    /// <exception cref="IOException">The disk is full, or the path is no directory.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be written to.</exception>
    public async Task WriteAsync(CapturedMessage message, int maxFiles)
    {
        CreateDirectory();
        var file = Path.Combine(path, message.FileName);
        try
        {
            await WriteWholeAsync(file + Unfinished, message.Bytes);
            File.Move(file + Unfinished, file);
        }
        finally
        {
            File.Delete(file + Unfinished);
        }

        foreach (var old in Directory.GetFiles(path, Pattern).OrderByDescending(static name => name, StringComparer.Ordinal).Skip(maxFiles))
        {
            File.Delete(old);
        }
    }

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static async Task WriteWholeAsync(string file, ReadOnlyMemory<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        await using var stream = new FileStream(file, options);
        await stream.WriteAsync(bytes);
    }
}
