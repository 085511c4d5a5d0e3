using System.Text;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>
/// Resolves what stands where a secret can stand: <c>env:NAME</c>, <c>file:PATH</c> or a literal. No message holds a byte of a
/// value; names of variables and files are shown, for they are what an operator has to mend.
/// </summary>
internal sealed class SecretReference(ConfigurationSource source, FileSnapshot files, ProblemList problems)
{
    private const int SizeLimit = 64 * 1024;
    private const int ShortestGood = 16;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<SettingNode, ReadOnlyMemory<byte>> _resolved = [];

    /// <summary>The bytes behind every node that was resolved.</summary>
    public IReadOnlyDictionary<SettingNode, ReadOnlyMemory<byte>> Resolved => _resolved;

    /// <summary>A text that may be a reference, but is no secret when it is none; null, and an error, when there is none.</summary>
    public string? ResolveText(SettingNode node)
    {
        if (node is not { Kind: SettingKind.String, Text: { } text })
        {
            problems.Error(node, "The value (not shown) is not legal here; expected a string.");
            return null;
        }

        var value = Scheme(text) switch
        {
            "env" => FromEnvironment(node, text["env:".Length..]),
            "file" => FromFile(node, text["file:".Length..]),
            "literal" => Encoding.UTF8.GetBytes(text["literal:".Length..]),
            _ => Encoding.UTF8.GetBytes(text),
        };
        if (value is null)
        {
            return null;
        }

        _resolved[node] = value;
        return Encoding.UTF8.GetString(value);
    }

    /// <summary>The secret's bytes; null, and an error at <paramref name="node"/>, when there are none.</summary>
    public ReadOnlyMemory<byte>? Resolve(SettingNode node)
    {
        if (node is not { Kind: SettingKind.String, Text: { } text })
        {
            problems.Error(node, "The value (not shown) is not legal here; expected a string: env:NAME, file:PATH or a literal.");
            return null;
        }

        var (bytes, from) = Scheme(text) switch
        {
            "env" => (FromEnvironment(node, text["env:".Length..]), $"The environment variable '{text["env:".Length..]}'"),
            "file" => (FromFile(node, text["file:".Length..]), $"The file '{text["file:".Length..]}'"),
            "literal" => (FromLiteral(node, text["literal:".Length..]), "The literal"),
            _ => (FromLiteral(node, text), "The literal"),
        };
        if (bytes is null || !Check(node, bytes, from))
        {
            return null;
        }

        _resolved[node] = bytes;
        return bytes;
    }

    private static string? Scheme(string text) =>
        Array.Find(["env", "file", "literal"], scheme => text.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase));

    private byte[]? FromEnvironment(SettingNode node, string name)
    {
        if (source.Environment.TryGetValue(name, out var value))
        {
            return Encoding.UTF8.GetBytes(value);
        }

        problems.Error(node, $"The environment variable '{name}' is not set.");
        return null;
    }

    private byte[]? FromFile(SettingNode node, string path)
    {
        if (source.PathOf(node, path) is not { } file)
        {
            problems.Error(node, "The reference names no file; expected file:PATH.");
            return null;
        }

        var (_, bytes, error) = files.Read(file, SizeLimit);
        if (bytes is null)
        {
            problems.Error(node, $"The file '{path}' {error}.");
        }

        return bytes is null ? null : WithoutNewline(bytes);
    }

    private byte[] FromLiteral(SettingNode node, string value)
    {
        problems.Warn(node, "A literal secret stands in the configuration; env:NAME or file:PATH keeps it out of backups and version control.");
        return Encoding.UTF8.GetBytes(value);
    }

    /// <summary>Editors and <c>echo</c> end a file with one newline; anything more is the operator's own.</summary>
    private static byte[] WithoutNewline(byte[] bytes) => bytes switch
    {
        [.. var rest, (byte)'\r', (byte)'\n'] => rest,
        [.. var rest, (byte)'\n'] => rest,
        _ => bytes,
    };

    private bool Check(SettingNode node, byte[] bytes, string from)
    {
        var text = TryDecode(bytes);
        if (bytes.Length == 0 || (text is not null && string.IsNullOrWhiteSpace(text)))
        {
            problems.Error(node, $"{from} is {(bytes.Length == 0 ? "empty" : "only white space")}; expected a secret.");
            return false;
        }

        if (text is not null && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
        {
            problems.Warn(node, $"{from} begins or ends with white space, which is taken as part of the secret.");
        }

        if (bytes.Length < ShortestGood)
        {
            problems.Warn(node, $"{from} has {bytes.Length} bytes; a secret under {ShortestGood} bytes can be guessed.");
        }

        return true;
    }

    private static string? TryDecode(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
