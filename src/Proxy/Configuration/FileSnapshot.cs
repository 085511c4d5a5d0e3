using System.Security.Cryptography;
using System.Text;

namespace Proxy.Configuration;

/// <summary>
/// One look at every file that a configuration refers to. Each file is read once, so that one configuration never mixes two
/// states of it; what was asked is remembered, so that <see cref="Again"/> can tell whether the answer would differ.
/// </summary>
/// <param name="known">An earlier look, whose answers are taken over for what both ask.</param>
internal sealed class FileSnapshot(FileSnapshot? known = null)
{
    private readonly Dictionary<string, FileRead> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _globs = new(StringComparer.Ordinal);

    /// <summary>Reads a file of at most <paramref name="limit"/> bytes.</summary>
    public FileRead Read(string path, int limit)
    {
        if (!_files.TryGetValue(path, out var read))
        {
            read = known is not null && known._files.TryGetValue(path, out var earlier) ? earlier : FileRead.From(path, limit);
            _files.Add(path, read);
        }

        return read;
    }

    /// <summary>The files that match the last segment of <paramref name="pattern"/> (<c>*</c>, <c>?</c>), sorted.</summary>
    public IReadOnlyList<string> Glob(string pattern)
    {
        if (!_globs.TryGetValue(pattern, out var paths))
        {
            paths = known is not null && known._globs.TryGetValue(pattern, out var earlier) ? earlier : Match(pattern);
            _globs.Add(pattern, paths);
        }

        return paths;
    }

    /// <summary>Asks all the same questions of the file system as it is now.</summary>
    public FileSnapshot Again()
    {
        var again = new FileSnapshot();
        foreach (var (path, read) in _files)
        {
            again.Read(path, read.Limit);
        }

        foreach (var pattern in _globs.Keys)
        {
            again.Glob(pattern);
        }

        return again;
    }

    /// <summary>Equal for two looks that asked the same and saw the same.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in _files.Keys.Order(StringComparer.Ordinal))
        {
            var read = _files[path];
            Append(path);
            Append(read.Error ?? "");
            hash.AppendData(SHA256.HashData(read.Bytes ?? []));
        }

        foreach (var path in _globs.Keys.Order(StringComparer.Ordinal).SelectMany(pattern => _globs[pattern].Prepend(pattern)))
        {
            Append(path);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text) => hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static IReadOnlyList<string> Match(string pattern)
    {
        try
        {
            return Path.GetDirectoryName(pattern) is { Length: > 0 } directory
                ? [.. Directory.EnumerateFiles(directory, Path.GetFileName(pattern)).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
