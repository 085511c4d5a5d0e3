using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Proxy.Tests.Listening;

/// <summary>One TLS connection that believes whatever it is shown, and tells what that was.</summary>
internal sealed class TlsClient : IAsyncDisposable
{
    private readonly TcpClient _socket = new();
    private SslStream? _stream;

    private TlsClient()
    {
    }

    /// <summary>The server's certificate.</summary>
    public X509Certificate2 Certificate => (X509Certificate2)_stream!.RemoteCertificate!;

    public string Subject => Certificate.Subject;

    /// <summary>The certificates that came with it.</summary>
    public X509Certificate2Collection Sent { get; } = [];

    public SslApplicationProtocol Protocol => _stream!.NegotiatedApplicationProtocol;

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="name">The name to ask for; empty for none.</param>
    /// <param name="protocols">What to offer by ALPN; nothing by default.</param>
    public static async Task<TlsClient> ConnectAsync(Uri server, string name, params SslApplicationProtocol[] protocols)
    {
        var client = new TlsClient();
        try
        {
            await client._socket.ConnectAsync(server.Host, server.Port);
            client._stream = new SslStream(client._socket.GetStream(), leaveInnerStreamOpen: false, client.Remember);
            await Deadline.Within(
                client._stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, ApplicationProtocols = [.. protocols] }), "a TLS handshake");
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>The subject that a new connection sees.</summary>
    public static async Task<string> SubjectAsync(Uri server, string name)
    {
        await using var client = await ConnectAsync(server, name);
        return client.Subject;
    }

    /// <summary>Sends a request and returns the status of its answer, which is read no further than that: one answer a test.</summary>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _stream!.WriteAsync(request);
        var line = new byte["HTTP/1.1 200".Length];
        await Deadline.Within(_stream.ReadExactlyAsync(line).AsTask(), "an answer");
        return int.Parse(Encoding.ASCII.GetString(line.AsSpan(9)), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        _socket.Dispose();
    }

    private bool Remember(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Sent.AddRange(chain!.ChainPolicy.ExtraStore);
        return certificate is not null;
    }
}
