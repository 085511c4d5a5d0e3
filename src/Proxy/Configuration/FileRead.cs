namespace Proxy.Configuration;

/// <summary>What came of reading one file.</summary>
/// <param name="Limit">Of bytes that were asked for.</param>
/// <param name="Bytes">Its content; null when it could not be read.</param>
/// <param name="Error">Why it could not be read, as the end of a sentence; null when it could.</param>
internal sealed record FileRead(int Limit, byte[]? Bytes, string? Error)
{
    /// <summary>Reads through symbolic links. Never throws for what can be wrong with a file.</summary>
    public static FileRead From(string path, int limit)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            Span<byte> chunk = stackalloc byte[8 * 1024];
            for (var read = stream.Read(chunk); read > 0; read = stream.Read(chunk))
            {
                content.Write(chunk[..read]);
                if (content.Length > limit)
                {
                    return new(limit, null, $"is larger than {limit} bytes");
                }
            }

            return new(limit, content.ToArray(), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(limit, null, "does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            return new(limit, null, Directory.Exists(path) ? "is a directory" : "may not be read by this user");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return new(limit, null, $"cannot be read ({e.GetType().Name})");
        }
    }
}
