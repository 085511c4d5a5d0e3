using Proxy.Webhooks;
using WebhookVerification.Catalog;
using WebhookVerification.Settings;

namespace Proxy.Configuration;

/// <summary>Reads a policy's <c>Replay</c>; what is the default, and what is legal, follows from what the provider signs.</summary>
internal static class ReplayPolicyReader
{
    /// <param name="policy">The policy that <c>Replay</c> is a member of.</param>
    /// <param name="entry">Null when it is not known, because of an error that is reported already.</param>
    public static ReplayPolicy Read(SettingReader policy, ProviderEntry? entry)
    {
        if (policy.Child("Replay") is not { } reader)
        {
            return new ReplayPolicy { Mode = DefaultMode(entry) };
        }

        var mode = reader.Enum<ReplayMode>("Mode");
        var window = reader.TimeSpan("Window", TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        var onDuplicate = reader.OneOf("OnDuplicate", "Acknowledge", "Reject");
        var onUnavailable = reader.OneOf("OnStoreUnavailable", "Refuse", "Allow");
        reader.Done();
        if (mode == ReplayMode.Enforce && entry is { Scheme: { SignsBody: false, SignsDeliveryId: false } })
        {
            reader.Problems.Error(
                reader.Node.Members["Mode"],
                "\"Enforce\" is not legal here: the scheme signs neither body nor delivery id, so that every request after the first would be a duplicate; expected Off or Report.");
        }

        if (mode == ReplayMode.Enforce && entry is { Replay: ReplayAdvice.Off })
        {
            reader.Problems.Warn(reader.Node.Members["Mode"], $"The provider '{entry.Id}' signs the same content for different events, of which all but the first will be taken for replays.");
        }

        if (onUnavailable == "Allow")
        {
            reader.Problems.Warn(reader.Node.Members["OnStoreUnavailable"], "While the store is down, a replay that another instance has seen passes.");
        }

        return new ReplayPolicy
        {
            Mode = mode ?? DefaultMode(entry),
            Window = window ?? ReplayPolicy.DefaultWindow,
            AcknowledgeDuplicates = onDuplicate != "Reject",
            AllowWhenUnavailable = onUnavailable == "Allow",
        };
    }

    /// <summary>What the catalogue advises, else what follows from the scheme.</summary>
    private static ReplayMode DefaultMode(ProviderEntry? entry) => entry switch
    {
        { Replay: ReplayAdvice.Off } => ReplayMode.Off,
        { Replay: ReplayAdvice.Report } => ReplayMode.Report,
        { Replay: ReplayAdvice.Enforce } => ReplayMode.Enforce,
        { Scheme.SignsDeliveryId: true } or { Scheme: { SignsBody: true, SignsTime: true } } => ReplayMode.Enforce,
        { Scheme.SignsBody: true } => ReplayMode.Report,
        _ => ReplayMode.Off,
    };
}
