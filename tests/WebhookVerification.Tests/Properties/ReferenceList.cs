namespace WebhookVerification.Tests.Properties;

/// <summary>Reads a header of several fields the slow and obvious way: cut it into strings, look at one after the other.</summary>
/// <param name="Separators">Each of these characters ends a field.</param>
/// <param name="Assign">Between a field's name and its value; null where fields count by position.</param>
/// <param name="Names">The names of signatures; "*" for any.</param>
/// <param name="TimeName">The name of the time; null where there is none.</param>
/// <param name="Positions">The positions of signatures.</param>
/// <param name="AndLater">Whether every position after the last of them holds one too.</param>
/// <param name="TimePosition">The position of the time; null where there is none.</param>
internal sealed record ReferenceList(
    string Separators, char? Assign, string[] Names, string? TimeName, int[] Positions, bool AndLater, int? TimePosition)
{
    private const int MostFields = 64;
    private const int MostSignatures = 16;
    private const int SignatureLength = 4;

    /// <summary>The verdict, the signatures in hex, and the time.</summary>
    public (VerificationOutcome Outcome, List<string> Signatures, string Time) Read(string header)
    {
        var signatures = new List<string>();
        var times = new List<string>();
        var fields = header.Split(Separators.ToCharArray()).Select(static field => field.Trim(' ', '\t')).ToList();
        for (var position = 0; position < fields.Count; position++)
        {
            if (position >= MostFields || !TryCut(fields[position], out var name, out var value))
            {
                return Malformed();
            }

            if (name is null && Assign is not null)
            {
                continue;
            }

            if (Assign is not null ? name == TimeName && TimeName is not null : position == TimePosition)
            {
                // An empty time is no time; two that differ leave it open which one was signed.
                if (times.Exists(time => time.Length > 0 && time != value))
                {
                    return Malformed();
                }

                times.Add(value);
            }
            else if (Assign is not null ? Names.Contains("*") || Names.Contains(name) : Positions.Contains(position) || (AndLater && position > Positions.Max()))
            {
                if (ReferenceDecoder.Hex(value) is not { Length: SignatureLength } bytes || signatures.Count == MostSignatures)
                {
                    return Malformed();
                }

                signatures.Add(Convert.ToHexString(bytes));
            }
        }

        return (signatures.Count > 0 ? VerificationOutcome.Verified : VerificationOutcome.SignatureMissing, signatures, times.LastOrDefault() ?? "");
    }

    private static (VerificationOutcome, List<string>, string) Malformed() => (VerificationOutcome.SignatureMalformed, [], "");

    /// <summary>A null name, and success, for an empty field between two separators.</summary>
    private bool TryCut(string field, out string? name, out string value)
    {
        (name, value) = (null, field);
        if (Assign is not { } assign)
        {
            return true;
        }

        var at = field.IndexOf(assign, StringComparison.Ordinal);
        if (at < 0)
        {
            return field.Length == 0 && Separators.Length > 1;
        }

        (name, value) = (field[..at].TrimEnd(' ', '\t'), field[(at + 1)..].TrimStart(' ', '\t'));
        return true;
    }
}
