namespace WebhookVerification.Signatures.Algorithms;

/// <summary>
/// Reads an ECDSA signature in DER (ITU-T X.690, 10.1), and nothing next to it: frameworks differ in what else they take, such as a number
/// whose leading zero is missing.
/// </summary>
internal static class EcdsaSignature
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte SignBit = 0x80;

    /// <summary>Writes r and s side by side (IEEE P1363), each in half of <paramref name="destination"/>. False when the bytes are not DER, or a number is negative or too large.</summary>
    public static bool TryReadDer(ReadOnlySpan<byte> der, Span<byte> destination)
    {
        // One byte of length is enough for numbers up to 480 bits, and then no other form is DER.
        if (der.Length < 2 || der[0] != Sequence || der[1] >= SignBit || der[1] != der.Length - 2)
        {
            return false;
        }

        var half = destination.Length / 2;
        var numbers = der[2..];
        return TryTake(ref numbers, destination[..half]) && TryTake(ref numbers, destination[half..]) && numbers.IsEmpty;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> numbers, Span<byte> destination)
    {
        if (numbers.Length < 3 || numbers[0] != Integer || numbers[1] == 0 || numbers[1] > numbers.Length - 2)
        {
            return false;
        }

        var number = numbers.Slice(2, numbers[1]);
        numbers = numbers[(2 + number.Length)..];
        var isPadded = number[0] == 0 && number.Length > 1;
        if (number[0] >= SignBit || (isPadded && number[1] < SignBit))
        {
            return false;
        }

        number = isPadded ? number[1..] : number;
        if (number.Length > destination.Length)
        {
            return false;
        }

        destination.Clear();
        number.CopyTo(destination[^number.Length..]);
        return true;
    }
}
