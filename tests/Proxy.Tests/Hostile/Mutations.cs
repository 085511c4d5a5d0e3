using System.Globalization;
using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>What an attacker does to a message whatever carries it: its target, its method, its headers, its body.</summary>
internal static class Mutations
{
    private static readonly Action<Draft, Random>[] All =
    [
        Body, Body, SignatureTwice, SignatureTwice, SignatureElsewhere, SignatureGone, SignatureText, SignatureText, OurHeader,
        TargetOfAnotherRoute, TargetOfAnotherRoute, TargetText, TargetText, Host, Method, HopByHop, BadValue, BadValue, BadName, Volume, Forwarded, Content, Time,
    ];

    public static void Apply(Draft draft, Random random) => random.Pick(All)(draft, random);

    private static void Body(Draft draft, Random random) => draft.Body = random.Next(5) switch
    {
        0 => random.Scramble(draft.Body),
        1 => draft.Body[..random.Next(draft.Body.Length + 1)],
        2 => [.. draft.Body, .. random.Pick<byte[]>([0], "\r\n"u8.ToArray(), "&a=b"u8.ToArray(), "}"u8.ToArray(), draft.Body)],
        3 => [],
        _ => [.. random.Pick<byte[]>([0xef, 0xbb, 0xbf], [32], "\r\n"u8.ToArray(), draft.Body), .. draft.Body],
    };

    /// <summary>Beside the genuine one, in the spellings that some consumer takes for the same header.</summary>
    private static void SignatureTwice(Draft draft, Random random)
    {
        var (name, value) = draft.Headers[random.Next(draft.Headers.Count)];
        var spelt = random.Next(5) switch
        {
            0 => name.Replace('-', '_'),
            1 => name.Replace('-', '.'),
            2 => name.ToUpperInvariant(),
            3 => name + random.Pick(" ", "\t"),
            _ => name,
        };
        draft.Insert(random, spelt, random.Pick(value, "", "forged", value.Replace('0', '1'), value + "," + value));
    }

    private static void SignatureElsewhere(Draft draft, Random random) => draft.ChangeName(random, name => random.Next(4) switch
    {
        0 => name.Replace('-', '_'),
        1 => "X-" + name,
        2 => random.Pick("X-Tawk-Signature", "Stripe-Signature", "X-Hub-Signature-256", "x-zm-signature", "X-Slack-Signature"),
        _ => name.ToUpperInvariant(),
    });

    private static void SignatureGone(Draft draft, Random random)
    {
        if (draft.Headers.Count > 1)
        {
            draft.Headers.RemoveAt(random.Next(draft.Headers.Count));
        }
    }

    private static void SignatureText(Draft draft, Random random) => draft.ChangeValue(random, value => random.Next(12) switch
    {
        0 => value.ToUpperInvariant(),
        1 => $"\"{value}\"",
        2 => $"{random.Pick(" ", "\t", "  ")}{value}{random.Pick(" ", "\t", "")}",
        3 => value + random.Pick(",", ";", "=", "==", "0", "00", " ", "\u00a0", ",v1=" + new string('0', 64)),
        4 => value.Length > 0 ? value[..random.Next(value.Length)] : "",
        5 => random.Pick("v0=", "v1=", "sha256=", "t=1,", "Bearer ", "Basic ") + value,
        6 => value.Replace("=", random.Pick(" =", "= ", ":", "%3d"), StringComparison.Ordinal),
        7 => value.Replace(",", random.Pick(", ", ";", ",,", "\r\n "), StringComparison.Ordinal),
        8 => Encoding.Latin1.GetString(random.Scramble(Encoding.Latin1.GetBytes(value))),
        9 => string.Concat(Enumerable.Repeat(value + ",", random.Next(2, 80))),
        10 => "",
        _ => $"{value}, {value}",
    });

    private static void OurHeader(Draft draft, Random random) => draft.Insert(
        random,
        random.Pick("X-Webhook-Verified", "x-webhook-verified", "X_Webhook_Verified", "X-Webhook_Verified", "X.WEBHOOK.VERIFIED", "X-Webhook-Verified ", "X~Webhook!Verified"),
        random.Pick("true", "false", "true, true", ""));

    private static void TargetOfAnotherRoute(Draft draft, Random random)
    {
        var query = draft.Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? draft.Target[mark..] : "";
        draft.Target = $"/h/{random.Pick([.. HostileRoutes.Ids])}{query}";
    }

    private static void TargetText(Draft draft, Random random)
    {
        var (target, other) = (draft.Target, random.Pick([.. HostileRoutes.Ids]));
        var name = target[Math.Min(target.Length, "/h/".Length)..];
        draft.Target = random.Next(18) switch
        {
            0 => random.Pick("/h/../h/", "/h/./", "/x/%2e%2e/h/", "/x/..;/h/", "/x/%c0%ae%c0%ae/h/", "/x/.%2e/h/", "//h/", "/h//", "/h/%2e/", "/x\\..\\h\\") + name,
            1 => $"/h/{other}/..{random.Pick("/", "%2f", "\\", "%5c", ";/")}{name}",
            2 => target + random.Pick("/", "//", "/.", "/..", ";a=b", "%20", "%00", "%2f", "?", "#", "#x", "%", "%zz", "%0d%0aX:y", "\u00e9", "%E9", "%e2%82%ac"),
            3 => "http://" + random.Pick("hooks.example.com", "evil.example", "a@b", "[::1]", "", "hooks.example.com:99", "h/h") + target,
            4 => target.ToUpperInvariant(),
            5 => string.Concat(target.Select(c => c != '/' && c != '?' && random.OneIn(3) ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:x2}") : $"{c}")),
            6 => random.Pick("*", "", "h/tawk", "hooks.example.com:443", "?x", "http://", "https:/h/tawk", "//", "\\h\\tawk", "/h"),
            7 => target + random.Pick("?", "&") + random.Pick("a=b", "call=1", "bodySHA256=00", "crc_token=abc", "hub.mode=subscribe", "..=/../", "x=%41", "a=b%26c", "hub.challenge=1"),
            8 => target.Replace("?", random.Pick("%3f", "??", ";", "&"), StringComparison.Ordinal),
            9 => Encoding.Latin1.GetString(random.Scramble(Encoding.Latin1.GetBytes(target))),
            10 => target.Replace("/h/", random.Pick("/h%2f", "/%68/", "/h/%2F", "/h;x/", "/H/", "/h\\"), StringComparison.Ordinal),
            11 => target + new string('a', random.Pick(100, 3000, 9000)),
            12 => target.Replace("=", "%3D", StringComparison.Ordinal),
            13 => target + " " + random.Pick("HTTP/1.1", "/h/tawk", "x"),
            14 => target.Split('?')[0] + "?" + random.Pick("a=%62", "%61=b", "a=b&", "call=%31", "a=b%3Aa"),
            15 => $"{target}/{other}",
            16 => $"/h/{other}{random.Pick(";", "?", "%3b", "%3f", "%23", "#")}{target}",
            _ => random.Pick("\t", "\r", "\0", "\u0085") + target,
        };
    }

    private static void Host(Draft draft, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                draft.Headers.RemoveAll(static header => header.Name == "Host");
                draft.With("X-Note", "no host");
                break;
            case 1:
                draft.Insert(random, "Host", random.Pick("hooks.example.com", "evil.example", ""));
                break;
            default:
                var value = random.Pick("", "evil.example", "a b", "a,b", "[::1]:99", "h:99999", "h:-1", "a@b", "127.0.0.1:8081", "h/../x", "h\u00e9", "*", "h?x", "h#x", "h:", ".", "http://h");
                draft.Headers.RemoveAll(static header => header.Name == "Host");
                draft.Insert(random, "Host", value);
                break;
        }
    }

    private static void Method(Draft draft, Random random)
    {
        if (random.OneIn(2))
        {
            draft.Method = random.Pick("GET", "PUT", "post", "Post", "HEAD", "OPTIONS", "TRACE", "CONNECT", "DELETE", "PATCH", "PRI", "POSTT", "P\tST", "", "P\u00d6ST", "PROPFIND");
            return;
        }

        draft.Insert(random, random.Pick("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"), random.Pick("GET", "DELETE", "PUT"));
    }

    private static void HopByHop(Draft draft, Random random)
    {
        var some = draft.Headers[random.Next(draft.Headers.Count)].Name;
        var (name, value) = random.Next(12) switch
        {
            0 => ("Connection", some),
            1 => ("Connection", $"close, {some}"),
            2 => ("Connection", random.Pick("keep-alive", "Upgrade", "Content-Length", "Transfer-Encoding", "X-Webhook-Verified", ",", "")),
            3 => ("Upgrade", random.Pick("websocket", "h2c", "HTTP/2.0", "")),
            4 => ("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA"),
            5 => ("Expect", random.Pick("100-continue", "100-Continue", "200-ok", "")),
            6 => ("Trailer", random.Pick(some, "X-Late", "Content-Length")),
            7 => ("TE", random.Pick("trailers", "chunked", "trailers, deflate")),
            8 => ("Keep-Alive", "timeout=5"),
            9 => ("Proxy-Connection", random.Pick("close", some)),
            10 => ("Proxy-Authorization", "Basic QTpC"),
            _ => ("Content-Encoding", random.Pick("gzip", "identity", "br, gzip")),
        };
        draft.Insert(random, name, value);
    }

    private static void BadValue(Draft draft, Random random)
    {
        var bad = random.Pick("a\r\nX-Webhook-Verified: true", "a\nX: y", "a\rX: y", "a\0b", "\u0001", "a\r\n folded", "a\r\n\tfolded", "\u00e9\u00ff", "\u007f", "a\r\n\r\nPOST /h/gitlab HTTP/1.1", "\u0080\u0085");
        if (random.OneIn(2))
        {
            draft.Insert(random, "X-Note", bad);
        }
        else
        {
            draft.ChangeValue(random, value => random.OneIn(2) ? value + bad : bad[1..] + value);
        }
    }

    private static void BadName(Draft draft, Random random) => draft.Insert(
        random,
        random.Pick("", " ", "X Y", "X\tY", "X:Y", "X\0", "X\u00e9", "X\r\nY", "\tX-Tawk-Signature", "X(Y)", "\"X\"", ":path", "X-Note\n", "Content-Length\0", "\u00ef\u00bb\u00bfHost"),
        random.Pick("1", "", "true"));

    private static void Volume(Draft draft, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                draft.Headers.AddRange(Enumerable.Range(0, random.Pick(60, 98, 200, 2000)).Select(static i => ($"X-{i}", "1")));
                break;
            case 1:
                draft.Headers.AddRange(Enumerable.Repeat(("X-Same", "1"), random.Pick(50, 150)));
                break;
            case 2:
                draft.Insert(random, "X-Long", new string('a', random.Pick(4000, 8100, 33_000, 70_000)));
                break;
            default:
                draft.Body = [.. draft.Body, .. new byte[random.Pick(100, 5000, 70_000)]];
                break;
        }
    }

    private static void Forwarded(Draft draft, Random random) => draft.Insert(
        random,
        random.Pick("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "X-Real-IP", "traceparent", "baggage"),
        random.Pick("127.0.0.1", "evil.example", "/h/tawk", "https", "00-0-0-0", "for=\"\0\"", "a, b, c", "\u00e9"));

    private static void Content(Draft draft, Random random)
    {
        draft.Headers.RemoveAll(static header => header.Name == "Content-Type");
        draft.Insert(random, "Content-Type", random.Pick(
            "application/grpc", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-16", "text/plain", "", "application/json, text/plain", "a;b;c=\u00e9"));
    }

    private static void Time(Draft draft, Random random) => draft.ChangeValue(random, value => value.Replace(
        "17", random.Pick("16", "18", "-17", "017", "1e7", "\u00b2", "17.0", "170"), StringComparison.Ordinal));
}
