using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Proxy.Commands.Demo;

/// <summary>
/// The first four providers' signatures, each written straight from its document with the framework's HMAC. The engine signs
/// nothing here and shares no code with it: what a demo or a test sends is a second opinion, not the engine's own echo.
/// </summary>
internal static class ProviderSignature
{
    public static (string Name, string Value) Tawk(string secret, ReadOnlySpan<byte> body) =>
        ("X-Tawk-Signature", Hmac(HashAlgorithmName.SHA1, secret, body));

    public static (string Name, string Value) Chatbase(string secret, ReadOnlySpan<byte> body) =>
        ("x-chatbase-signature", Hmac(HashAlgorithmName.SHA1, secret, body));

    public static (string Name, string Value) Protocol(string secret, ReadOnlySpan<byte> body) =>
        ("x-protocol-signature", Hmac(HashAlgorithmName.SHA256, secret, body));

    public static (string Name, string Value) Smarterbot(string secret, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body];
        return ("X-Webhook-Signature", $"t={time},v1={Hmac(HashAlgorithmName.SHA256, secret, signed)}");
    }

    /// <summary>By the provider's id in the catalogue; <paramref name="at"/> matters only where a time is signed.</summary>
    public static (string Name, string Value) Of(string provider, string secret, ReadOnlySpan<byte> body, DateTimeOffset at) =>
        provider switch
        {
            "tawk" => Tawk(secret, body),
            "chatbase" => Chatbase(secret, body),
            "protocol" => Protocol(secret, body),
            "smarterbot" => Smarterbot(secret, body, at),
            _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "One of the four first providers is meant."),
        };

    private static string Hmac(HashAlgorithmName hash, string secret, ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(CryptographicOperations.HmacData(hash, Encoding.UTF8.GetBytes(secret), content));
}
