using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Proxy.Tests.Hostile;

/// <summary>What each provider would send, signed with the framework's primitives as its documents say; the engine has no part in it.</summary>
internal static class GenuineWebhooks
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <param name="id">One of <see cref="HostileRoutes.Ids"/>.</param>
    /// <param name="unique">Makes it another webhook than every other.</param>
    /// <param name="at">When it is signed.</param>
    /// <param name="body">What to sign in place of an event of the provider's.</param>
    public static Draft Of(string id, string unique, DateTimeOffset at, string? body = null)
    {
        var draft = new Draft { Target = $"/h/{id}" };
        draft.Text = body ?? id switch
        {
            "twilio" => $"CallSid={unique}&From=%2B15550100&Body=Hello+there",
            "mandrill" => $"mandrill_events=%5B%7B%22id%22%3A%22{unique}%22%7D%5D",
            _ => $$"""{"id":"{{unique}}","event":"message","type":"event_callback","text":"Hello there"}""",
        };
        draft.With("Content-Type", id is "twilio" or "mandrill" ? Form : "application/json");
        Sign(draft, id, at);
        return draft;
    }

    private static void Sign(Draft draft, string id, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var milliseconds = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var url = $"{HostileRoutes.Public}/h/{id}";
        switch (id)
        {
            case "gitlab":
                draft.With("X-Gitlab-Token", HostileRoutes.KeyText(id));
                break;
            case "stripe":
                draft.With("Stripe-Signature", $"t={seconds},v1={Hex256(id, $"{seconds}.{draft.Text}")}");
                break;
            case "slack":
                draft.With("X-Slack-Request-Timestamp", seconds).With("X-Slack-Signature", "v0=" + Hex256(id, $"v0:{seconds}:{draft.Text}"));
                break;
            case "zoom":
                draft.With("x-zm-request-timestamp", seconds).With("x-zm-signature", "v0=" + Hex256(id, $"v0:{seconds}:{draft.Text}"));
                break;
            case "twilio":
                draft.Target += "?call=1";
                var fields = PlainForm.Read(draft.Text)!;
                draft.With("X-Twilio-Signature", Base64Sha1(id, $"{url}?call=1{PlainForm.Sorted(fields)}"));
                break;
            case "mandrill":
                draft.With("X-Mandrill-Signature", Base64Sha1(id, url + PlainForm.Sorted(PlainForm.Read(draft.Text)!)));
                break;
            case "trello":
                draft.With("X-Trello-Webhook", Base64Sha1(id, draft.Text + url));
                break;
            case "hubspot-v3":
                draft.Target += "?a=b";
                draft.With("X-HubSpot-Request-Timestamp", milliseconds);
                draft.With("X-HubSpot-Signature-v3", Convert.ToBase64String(Sha256(id, $"POST{url}?a=b{draft.Text}{milliseconds}")));
                break;
            case "twitter":
                draft.With("x-twitter-webhooks-signature", "sha256=" + Convert.ToBase64String(Sha256(id, draft.Text)));
                break;
            case "meta":
                draft.With("X-Hub-Signature-256", "sha256=" + Hex256(id, draft.Text));
                break;
            default:
                draft.With("X-Tawk-Signature", Convert.ToHexStringLower(Sha1(id, draft.Text)));
                break;
        }
    }

    /// <summary>HMAC-SHA256 with the route's key.</summary>
    public static byte[] Sha256(string id, string content) => HMACSHA256.HashData(HostileRoutes.Key(id), Encoding.Latin1.GetBytes(content));

    public static byte[] Sha1(string id, string content) =>
        CryptographicOperations.HmacData(HashAlgorithmName.SHA1, HostileRoutes.Key(id), Encoding.Latin1.GetBytes(content));

    private static string Hex256(string id, string content) => Convert.ToHexStringLower(Sha256(id, content));

    private static string Base64Sha1(string id, string content) => Convert.ToBase64String(Sha1(id, content));
}
