using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Proxy.Tests.EndToEnd;

namespace Proxy.Tests.Hostile;

/// <summary>
/// Judges the bytes that a consumer got, written plainly from the providers' documents; it shares nothing with the engine. Where
/// two readers of the bytes could differ, it objects: a consumer may be any of them.
/// </summary>
internal static partial class SecondOpinion
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with it, or null. Says which route it is for and, where a time is signed, what is signed.</summary>
    public static string? Objection(RecordedRequest request, DateTimeOffset now, out string route, out string? signed)
    {
        (route, signed) = ("", null);
        var text = Encoding.Latin1.GetString(request.Raw);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return "a head without an end";
        }

        var lines = text[..end].Split("\r\n");
        if (lines.Any(static line => line.AsSpan().ContainsAny('\0', '\r', '\n')))
        {
            return "the end of a line within a line";
        }

        if (RequestLine().Match(lines[0]) is not { Success: true } first)
        {
            return "a request line of another form";
        }

        var target = first.Groups["target"].Value;
        var path = PlainForm.Decode(target.Split('?')[0])?.ToLowerInvariant();
        if (HostileRoutes.Ids.FirstOrDefault(id => path == $"/h/{id}" || path == $"/h/{id}/") is not { } found)
        {
            return "a path that is no route's";
        }

        route = found;
        var headers = new PlainHeaders(lines[1..]);
        if (headers.Objection() is { } wrong)
        {
            return wrong;
        }

        if (headers.One("content-length") != request.Body.Length.ToString(CultureInfo.InvariantCulture)
            || text.Length - end - 4 != request.Body.Length)
        {
            return "a length that is not the body's";
        }

        var body = Encoding.Latin1.GetString(request.Body);
        var verified = Verifies(route, target, headers, body, now, out signed);
        return (headers.One("x-webhook-verified"), route == HostileRoutes.Reporting) switch
        {
            ("true", _) => verified ? null : "a signature that does not verify",
            // Calling a genuine one unverified is the proxy's right: it is stricter than many a consumer.
            ("false", true) => null,
            _ => "our own header is not what it has to be",
        };
    }

    private static bool Verifies(string route, string target, PlainHeaders headers, string body, DateTimeOffset now, out string? signed)
    {
        signed = null;
        var url = $"{HostileRoutes.Public}/h/{route}";
        var query = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? target[mark..] : "";
        switch (route)
        {
            case "gitlab":
                return headers.One("x-gitlab-token") == HostileRoutes.KeyText(route);
            case "stripe":
                var pairs = headers.One("stripe-signature").Split(',').Select(static pair => pair.Trim(' ', '\t').Split('=', 2)).Where(static pair => pair.Length == 2).ToList();
                var times = pairs.Where(static pair => pair[0].Trim() == "t").Select(static pair => pair[1].Trim()).Distinct().ToList();
                signed = $"{times.FirstOrDefault()}.{body}";
                var mac = GenuineWebhooks.Sha256(route, signed);
                return times.Count == 1 && IsFresh(times[0], 1, now) && pairs.Any(pair => pair[0].Trim() == "v1" && IsHex(mac, pair[1].Trim()));
            case "slack":
                return IsVersioned(headers.One("x-slack-request-timestamp"), headers.One("x-slack-signature"), out signed);
            case "zoom":
                return IsVersioned(headers.One("x-zm-request-timestamp"), headers.One("x-zm-signature"), out signed);
            case "twilio":
                return Forms("x-twilio-signature", url + query, $"{HostileRoutes.Public}:443/h/{route}{query}");
            case "mandrill":
                return Forms("x-mandrill-signature", url);
            case "trello":
                return IsBase64(GenuineWebhooks.Sha1(route, body + url), headers.One("x-trello-webhook"));
            case "hubspot-v3":
                var time = headers.One("x-hubspot-request-timestamp");
                signed = "POST" + HubSpotEscape().Replace(url + query, static escape => PlainForm.Decode(escape.Value)!) + body + time;
                return IsFresh(time, 1000, now) && IsBase64(GenuineWebhooks.Sha256(route, signed), headers.One("x-hubspot-signature-v3"));
            case "twitter":
                // Anybody may have the proxy sign a token: its MAC proves nothing.
                return !Token().IsMatch(body) && headers.One("x-twitter-webhooks-signature") is ['s', 'h', 'a', '2', '5', '6', '=', .. var base64]
                    && IsBase64(GenuineWebhooks.Sha256(route, body), base64);
            case "meta":
                return headers.One("x-hub-signature-256") is ['s', 'h', 'a', '2', '5', '6', '=', .. var hash]
                    && IsHex(GenuineWebhooks.Sha256(route, body), hash);
            default:
                return IsHex(GenuineWebhooks.Sha1(route, body), headers.One("x-tawk-signature"));
        }

        bool IsVersioned(string at, string signature, out string content)
        {
            content = $"v0:{at}:{body}";
            return IsFresh(at, 1, now) && signature is ['v', '0', '=', .. var rest] && IsHex(GenuineWebhooks.Sha256(route, content), rest);
        }

        bool Forms(string header, params string[] urls) => PlainForm.Read(body) is { } fields
            && (body.Length == 0 || headers.One("content-type").Split(';')[0].Trim(' ', '\t').Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            && urls.Any(signedUrl => IsBase64(GenuineWebhooks.Sha1(route, signedUrl + PlainForm.Sorted(fields)), headers.One(header)));
    }

    private static bool IsHex(byte[] mac, string text) => Convert.ToHexStringLower(mac).Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsBase64(byte[] mac, string text) => Convert.ToBase64String(mac).TrimEnd('=') == text.TrimEnd('=');

    private static bool IsFresh(string time, int perSecond, DateTimeOffset now) => Digits().IsMatch(time)
        && now.Subtract(DateTimeOffset.UnixEpoch).TotalSeconds - (double.Parse(time, CultureInfo.InvariantCulture) / perSecond) is var age && age <= MaxAge.TotalSeconds && -age <= MaxSkew.TotalSeconds;

    [GeneratedRegex("""^POST (?<target>/[!-~]*) HTTP/1\.1$""", RegexOptions.CultureInvariant)]
    private static partial Regex RequestLine();

    [GeneratedRegex("^[0-9]{1,13}\\z")]
    private static partial Regex Digits();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,128}\\z")]
    private static partial Regex Token();

    [GeneratedRegex("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", RegexOptions.IgnoreCase)]
    private static partial Regex HubSpotEscape();
}
