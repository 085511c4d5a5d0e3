using System.Security.Cryptography;
using System.Text;

namespace WebhookVerification.Tests;

/// <summary>RFC 2104 written out, so that no test believes the engine's own HMAC.</summary>
internal static class Mac
{
    private const int Sha2Block = 64;
    private const int Sha512Block = 128;

    public static byte[] Sha1(string key, string content) => Of(SHA1.HashData, Sha2Block, Utf8(key), Utf8(content));

    public static byte[] Sha256(string key, string content) => Of(SHA256.HashData, Sha2Block, Utf8(key), Utf8(content));

    public static byte[] Sha256(byte[] key, string content) => Of(SHA256.HashData, Sha2Block, key, Utf8(content));

    public static byte[] Sha384(string key, string content) => Of(SHA384.HashData, Sha512Block, Utf8(key), Utf8(content));

    public static byte[] Sha512(string key, string content) => Of(SHA512.HashData, Sha512Block, Utf8(key), Utf8(content));

    public static string Hex(string key, string content) => Convert.ToHexStringLower(Sha256(key, content));

    private static byte[] Of(Func<byte[], byte[]> hash, int blockSize, byte[] key, byte[] content)
    {
        var block = new byte[blockSize];
        (key.Length > blockSize ? hash(key) : key).CopyTo(block, 0);
        var inner = hash([.. block.Select(static b => (byte)(b ^ 0x36)), .. content]);
        return hash([.. block.Select(static b => (byte)(b ^ 0x5c)), .. inner]);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
