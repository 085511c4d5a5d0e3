namespace WebhookVerification.Signatures;

/// <summary>Picks fields of a signature list, by name or by position.</summary>
/// <param name="Name">The field's name, or "*" for any; null where fields count by position.</param>
/// <param name="Position">Counted from 0.</param>
/// <param name="AndLater">Every later position too.</param>
internal readonly record struct FieldSelector(string? Name, int Position = 0, bool AndLater = false)
{
    public bool Picks(ReadOnlySpan<char> name, int position) =>
        Name is "*" || (Name is not null ? name.SequenceEqual(Name) : AndLater ? position >= Position : position == Position);

    /// <summary>"v1" is a name; where fields have none, "2" is the third field and "2.." the third and every later one.</summary>
    public static bool TryParse(string text, bool named, out FieldSelector selector)
    {
        if (named)
        {
            selector = new FieldSelector(text);
            return text.Length > 0;
        }

        var andLater = text.EndsWith("..", StringComparison.Ordinal);
        var valid = byte.TryParse(andLater ? text.AsSpan(0, text.Length - 2) : text, out var position);
        selector = new FieldSelector(null, position, andLater);
        return valid;
    }
}
