using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>
/// Digests settings together with the secrets that they refer to, so that a reload can tell what changed. Keyed with random
/// bytes of this process: a digest that is seen says nothing about a secret, not even to somebody who guesses it.
/// </summary>
/// <param name="secrets">Bytes that stand behind nodes that are references.</param>
internal sealed class SettingDigest(IReadOnlyDictionary<SettingNode, ReadOnlyMemory<byte>> secrets) : IDisposable
{
    private static readonly byte[] ProcessKey = RandomNumberGenerator.GetBytes(32);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, ProcessKey);

    /// <summary>Adds names, kinds and values of a tree, but not where it came from.</summary>
    public void Add(SettingNode node)
    {
        Add($"{node.Kind} {node.Members.Count + node.Items.Count}");
        Add(node.Text ?? "");
        Add(secrets.GetValueOrDefault(node).Span);
        foreach (var (name, member) in node.Members)
        {
            Add(name);
            Add(member);
        }

        foreach (var item in node.Items)
        {
            Add(item);
        }
    }

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>The digest in hex; what is added from now on makes another one.</summary>
    public string Complete() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    /// <summary>Adds bytes. Their number goes first, so that what follows cannot be taken for a part of them.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }
}
