namespace WebhookVerification;

/// <summary>What a verifier may ask of a request before its body is read. Implemented by the host over its own request type.</summary>
public interface IWebhookRequest
{
    /// <summary>The method as received, upper case for the standard ones.</summary>
    string Method { get; }

    /// <summary>The raw request target in origin form: path and query exactly as received.</summary>
    string Target { get; }

    /// <summary>
    /// Looks a header up, whatever the case of its name. Returns the number of field lines and, in <paramref name="value"/>,
    /// the first one, each char standing for one byte (Latin-1); null when there is none.
    /// </summary>
    int GetHeader(string name, out string? value);
}
