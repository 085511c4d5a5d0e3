namespace WebhookVerification.Sources;

/// <summary>Decodes a name or value of a form: "+" is a space, "%" begins two hexadecimal digits and nothing else.</summary>
internal static class PercentDecoder
{
    public static bool TryDecodeInPlace(Span<byte> bytes, out int length)
    {
        length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (b == '%')
            {
                if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
                {
                    return false;
                }

                b = (byte)((Digit(bytes[i + 1]) << 4) | Digit(bytes[i + 2]));
                i += 2;
            }
            else if (b == '+')
            {
                b = (byte)' ';
            }

            bytes[length++] = b;
        }

        return true;
    }

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
