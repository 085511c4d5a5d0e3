using Proxy.Webhooks;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads a policy's <c>Replay</c>; what is the default, and what is legal, follows from what the provider signs.</summary>
internal static class ReplayPolicyReader
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);

    /// <param name="policy">The policy that <c>Replay</c> is a member of.</param>
    /// <param name="scheme">Null when it is not known, because of an error that is reported already.</param>
    public static ReplayPolicy Read(SettingReader policy, Scheme? scheme)
    {
        if (policy.Child("Replay") is not { } reader)
        {
            return new ReplayPolicy { Mode = DefaultMode(scheme), Window = DefaultWindow };
        }

        var mode = reader.Enum<ReplayMode>("Mode");
        var window = reader.TimeSpan("Window", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        var onDuplicate = reader.OneOf("OnDuplicate", "Acknowledge", "Reject");
        var onUnavailable = reader.OneOf("OnStoreUnavailable", "Refuse", "Allow");
        reader.Done();
        if (mode == ReplayMode.Enforce && scheme is { SignsBody: false, SignsDeliveryId: false })
        {
            reader.Problems.Error(
                reader.Node.Members["Mode"],
                "\"Enforce\" is not legal here: the scheme signs neither body nor delivery id, so that every request after the first would be a duplicate; expected Off or Report.");
        }

        if (onUnavailable == "Allow")
        {
            reader.Problems.Warn(reader.Node.Members["OnStoreUnavailable"], "While the store is down, a replay that another instance has seen passes.");
        }

        return new ReplayPolicy
        {
            Mode = mode ?? DefaultMode(scheme),
            Window = window ?? DefaultWindow,
            AcknowledgeDuplicates = onDuplicate != "Reject",
            AllowWhenUnavailable = onUnavailable == "Allow",
        };
    }

    private static ReplayMode DefaultMode(Scheme? scheme) => scheme switch
    {
        { SignsDeliveryId: true } or { SignsBody: true, SignsTime: true } => ReplayMode.Enforce,
        { SignsBody: true } => ReplayMode.Report,
        _ => ReplayMode.Off,
    };
}
