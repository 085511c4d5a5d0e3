namespace Proxy.Commands.Requests;

/// <summary>A secret whose bytes are at hand, because they are to be varied. Never prints them.</summary>
internal sealed class NamedSecret(string name, ReadOnlyMemory<byte> value)
{
    public string Name { get; } = name;

    public ReadOnlyMemory<byte> Value { get; } = value;

    /// <summary>Another one of the same form: a character in it is another, which hex, base64 and text all have.</summary>
    public NamedSecret Forged()
    {
        var bytes = Value.ToArray();
        var at = bytes[bytes.Length / 2] == (byte)':' ? 0 : bytes.Length / 2;
        bytes[at] = bytes[at] == (byte)'0' ? (byte)'1' : (byte)'0';
        return new NamedSecret(Name, bytes);
    }

    public override string ToString() => $"{Name} (redacted)";
}
