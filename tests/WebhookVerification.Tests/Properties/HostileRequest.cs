using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace WebhookVerification.Tests.Properties;

/// <summary>Whatever a server would let through: any bytes in any header that is asked for, any target, any body. Counts what it is asked.</summary>
internal sealed class HostileRequest : IWebhookRequest
{
    private const string Structure = "{}[]\":,=&;.%+-_/\\ \t\n\0tv01=ABCDEFabcdef0123456789\u0080\u00e9\u00ff";

    private static readonly string[] Values =
    [
        "", "t=1700000000,v1=", "v1,", "sha256=", "Bearer ", "Basic ", "1700000000", "2023-11-14T22:13:20Z", "-1", "99999999999999999999", "1e9",
        new('0', 64), new('A', 4096), new(',', 4096), new('=', 4000), string.Concat(Enumerable.Repeat("v1=00,", 600)), string.Concat(Enumerable.Repeat("%25", 1300)),
    ];

    private static readonly string[] Bodies =
    [
        "", "{}", "[]", "null", "{\"value\":[]}", "{\"a\":", "\ufeff{}", "a=1&a=2", "=&=&=", "%", "%zz=%", "\"\\ud800\"", "{\"\\u0000\":1}",
        new('[', 5_000), string.Concat(Enumerable.Repeat("{\"a\":", 5_000)), string.Concat(Enumerable.Repeat("a&", 5_000)), string.Concat(Enumerable.Repeat("{\"value\":1,", 1_000)) + "}",
        "{\"notificationItems\":[" + string.Join(',', Enumerable.Repeat("{\"NotificationRequestItem\":{}}", 500)) + "]}",
    ];

    private readonly string[] _values;

    private HostileRequest(string[] values, string method, string target, string contentType, byte[] body)
    {
        _values = values;
        Method = method;
        Target = target;
        ContentType = contentType;
        Body = body;
    }

    public string Method { get; }

    public string Target { get; }

    public string ContentType { get; }

    public byte[] Body { get; }

    /// <summary>How often a header was looked up.</summary>
    public int LookUps { get; private set; }

    /// <summary>The bytes that anybody sent, in all that was looked at.</summary>
    public int Size => Body.Length + Target.Length + _values.Sum(static value => value.Length);

    public static Gen<HostileRequest> Any()
    {
        var value = Gen.OneOf(Gen.Elements(Values), Cases.Text(Structure, 0, 80), from head in Gen.Elements(Values) from tail in Cases.Text(Structure, 0, 40) select head + tail);
        var body = Gen.OneOf(
            Gen.Elements(Bodies).Select(Encoding.UTF8.GetBytes),
            Cases.Text(Structure, 0, 200).Select(Encoding.Latin1.GetBytes),
            Cases.Bytes(0, 200));
        return from values in value.ArrayOf(5)
               from method in Gen.Elements("POST", "GET", "PUT")
               from query in value
               from type in Gen.Elements("application/json", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=x", "", "\u00ff")
               from bytes in body
               select new HostileRequest(values, method, "/hooks/x?" + query, type, bytes);
    }

    /// <summary>Each name always has the same lines: none, one or two.</summary>
    public int GetHeader(string name, out string? value)
    {
        LookUps++;
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            value = ContentType;
            return 1;
        }

        var hash = name.ToLowerInvariant().Aggregate(_values[0].Length + Body.Length, static (sum, c) => unchecked((sum * 31) + c)) & int.MaxValue;
        value = hash % 11 == 0 ? null : _values[hash % _values.Length];
        return value is null ? 0 : hash % 13 == 0 ? 2 : 1;
    }

    public override string ToString() => $"{Method} {Target} {ContentType} [{string.Join(" | ", _values)}] {Convert.ToHexString(Body)}";
}
