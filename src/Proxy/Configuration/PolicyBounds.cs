using Proxy.Webhooks;
using WebhookVerification;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads those settings of a policy whose legality or default takes more than a range.</summary>
internal static class PolicyBounds
{
    private static readonly int[] StatusWithAnotherMeaning = [408, 409, 413, 429];

    public static PolicyMode Mode(SettingReader reader)
    {
        var mode = reader.Enum("Mode", PolicyMode.Enforce, PolicyMode.Report) ?? PolicyMode.Enforce;
        if (mode == PolicyMode.Report)
        {
            reader.Problems.Warn(reader.Node.Members["Mode"], "Report mode forwards requests whose signature or time is wrong; it is meant for a trial.");
        }

        return mode;
    }

    /// <summary>Whether a signed time inside the body is judged; off unless the policy says otherwise.</summary>
    public static BodyTimestampMode BodyTimestamp(SettingReader reader, ProviderEntry? entry)
    {
        var mode = reader.Enum<BodyTimestampMode>("BodyTimestamp") ?? BodyTimestampMode.Off;
        if (mode != BodyTimestampMode.Off && entry is { Scheme.HasBodyTimestamp: false })
        {
            reader.Problems.Error(reader.Node.Members["BodyTimestamp"], $"\"{mode}\" is not legal here: the provider '{entry.Id}' signs no time inside the body; expected Off.");
        }

        return mode;
    }

    /// <summary>Null where no time is signed, or none that is judged.</summary>
    public static TimeSpan? MaxAge(SettingReader reader, ProviderEntry? entry, BodyTimestampMode bodyTimestamp)
    {
        var maxAge = reader.TimeSpan("MaxAge", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        if (entry is { Scheme.SignsTime: true } || bodyTimestamp != BodyTimestampMode.Off)
        {
            return maxAge ?? entry?.Tolerance ?? VerifierOptions.DefaultMaxAge;
        }

        if (entry is not null && maxAge is not null)
        {
            var hint = entry.Scheme.HasBodyTimestamp ? "set 'BodyTimestamp', for the signed time is inside the body" : "remove the key";
            reader.Problems.Error(reader.Node.Members["MaxAge"], $"\"{maxAge:c}\" cannot be checked: the provider '{entry.Id}' signs no time in a header; {hint}.");
        }

        return null;
    }

    /// <summary>The URL that the provider was told to call; the scheme judges it.</summary>
    public static string? PublicUrl(SettingReader reader, ProviderEntry? entry)
    {
        var url = reader.String("PublicUrl");
        if (url is not null && entry is { Scheme.NeedsPublicUrl: false })
        {
            reader.Problems.Warn(reader.Node.Members["PublicUrl"], $"The key has no effect: the provider '{entry.Id}' does not sign the URL.");
        }

        return url;
    }

    public static int? RejectStatus(SettingReader reader)
    {
        var status = reader.Int("RejectStatus", 400, 499);
        if (status is { } given && StatusWithAnotherMeaning.Contains(given))
        {
            reader.Problems.Error(
                reader.Node.Members["RejectStatus"],
                $"{given} has another meaning in this proxy; expected 400 to 499 except {string.Join(", ", StatusWithAnotherMeaning)}.");
        }

        return status;
    }

    /// <summary>What the provider insists on, when that is to be sent; null for the upstream's own.</summary>
    public static ProviderReply? Reply(SettingReader reader, ProviderEntry? entry)
    {
        var choice = reader.OneOf("ReplyBody", "Auto", "Upstream", "Provider");
        if (choice == "Provider" && entry is { Reply: null })
        {
            reader.Problems.Error(reader.Node.Members["ReplyBody"], $"\"Provider\" is not legal here: the provider '{entry.Id}' asks for no body; expected Auto or Upstream.");
        }

        return choice == "Upstream" ? null : entry?.Reply;
    }
}
