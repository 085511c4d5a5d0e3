namespace Proxy.Commands.Send;

/// <summary>How a request is spoilt on purpose, to see it refused.</summary>
internal enum Forgery
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>A byte of the body is another after it was signed.</summary>
    Body,

    /// <summary>A character of the signature is another.</summary>
    Signature,

    /// <summary>Signed with a secret that is none of the provider's.</summary>
    Secret,

    /// <summary>Signed a day ago.</summary>
    Timestamp,

    /// <summary>The first request again and again, byte for byte.</summary>
    Replay,
}
