namespace Proxy.Commands.Explain;

/// <summary>A mistake that people make. It undoes itself: when a request verifies with it undone, that was it.</summary>
internal interface ICause
{
    /// <summary>A stable name for programs, such as "secret-newline".</summary>
    string Name { get; }

    /// <summary>What to do about it.</summary>
    string Advice { get; }

    /// <summary>Where to do it.</summary>
    Place Place { get; }

    /// <summary>The attempt with the mistake undone, in every way in which it can have been made, the likeliest first.</summary>
    /// <param name="attempt">As it failed, but with no time too old: one mistake at a time.</param>
    IEnumerable<Variation> Vary(Attempt attempt);
}

/// <summary>Who has to do something.</summary>
internal enum Place
{
    /// <summary>Whoever signs and posts: the provider, or its settings.</summary>
    Sender = 0,

    /// <summary>This proxy's configuration, or another proxy before it.</summary>
    Proxy,

    /// <summary>The app, or whatever captured the request for it.</summary>
    Consumer,
}

/// <summary>One way to undo a mistake.</summary>
/// <param name="Detail">What was different, as a clause: "the secret ends with a newline".</param>
/// <param name="Attempt">Verifies if that was it; null where the request itself shows that it was.</param>
internal sealed record Variation(string Detail, Attempt? Attempt);

/// <summary>A mistake that explains the verdict.</summary>
/// <param name="Cause">What was done.</param>
/// <param name="Detail">How, as a clause.</param>
internal sealed record Finding(ICause Cause, string Detail)
{
    /// <summary>The name of another mistake without which this one explains nothing; null where it does alone.</summary>
    public string? With { get; init; }
}
