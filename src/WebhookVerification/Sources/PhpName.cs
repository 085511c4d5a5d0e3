namespace WebhookVerification.Sources;

/// <summary>
/// Names of form fields as PHP makes variables of them (<c>php_register_variable_ex</c> of its <c>main/php_variables.c</c>): spaces
/// before the name are dropped, it ends at a NUL, what no variable's name may hold becomes "_", and <c>a[]</c> or <c>a[b]</c>
/// makes an array of <c>a</c>, in place of a value that <c>a</c> had before. Several other parsers do likewise.
/// </summary>
internal static class PhpName
{
    /// <summary>Whether the two are one variable, or the one could take the other's place.</summary>
    public static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        left = Trim(left);
        right = Trim(right);
        return AreAlike(left, right) || AreAlike(Variable(left), right) || AreAlike(left, Variable(right));
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> name)
    {
        var end = name.IndexOf((byte)0);
        return (end < 0 ? name : name[..end]).TrimStart((byte)' ');
    }

    /// <summary>The variable: of an item, the array. A bracket that stands first begins no item.</summary>
    private static ReadOnlySpan<byte> Variable(ReadOnlySpan<byte> name) => name.IndexOf((byte)'[') is > 0 and var bracket ? name[..bracket] : name;

    private static bool AreAlike(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (Fold(left[i]) != Fold(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Fold(byte character) => character is (byte)'.' or (byte)' ' or (byte)'[' ? (byte)'_' : character;
}
