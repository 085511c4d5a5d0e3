namespace Proxy.Commands.Demo;

/// <summary>What the sender of a demo does, in the order in which it does it.</summary>
internal enum DemoCase
{
    /// <summary>Signs and sends, as the provider would.</summary>
    Genuine = 0,

    /// <summary>Changes a byte of the signed body.</summary>
    Tampered,

    /// <summary>Signs a time that is longer ago than the policy allows.</summary>
    Expired,

    /// <summary>Sends the genuine request again, byte by byte.</summary>
    Replayed,
}
