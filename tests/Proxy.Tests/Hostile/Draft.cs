using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>A request before it is bytes. Text is Latin-1: each char is one byte on the wire.</summary>
internal sealed class Draft
{
    public string Method { get; set; } = "POST";

    public required string Target { get; set; }

    public string Version { get; set; } = "HTTP/1.1";

    /// <summary>In order, Host among them; nothing of the framing.</summary>
    public List<(string Name, string Value)> Headers { get; } = [("Host", "hooks.example.com")];

    public byte[] Body { get; set; } = [];

    public string Text
    {
        get => Encoding.Latin1.GetString(Body);
        set => Body = Encoding.Latin1.GetBytes(value);
    }

    public Draft With(string name, string value)
    {
        Headers.Add((name, value));
        return this;
    }

    /// <summary>Changes the value of one header that is there, but for Host where there is another.</summary>
    public void ChangeValue(Random random, Func<string, string> change)
    {
        if (Headers.Count > 0)
        {
            var index = random.Next(Headers.Count > 1 && random.Next(5) > 0 ? 1 : 0, Headers.Count);
            Headers[index] = (Headers[index].Name, change(Headers[index].Value));
        }
    }

    /// <summary>Changes the name of one header, likewise.</summary>
    public void ChangeName(Random random, Func<string, string> change)
    {
        if (Headers.Count > 1)
        {
            var index = random.Next(1, Headers.Count);
            Headers[index] = (change(Headers[index].Name), Headers[index].Value);
        }
    }

    public void Insert(Random random, string name, string value) => Headers.Insert(random.Next(Headers.Count + 1), (name, value));
}
