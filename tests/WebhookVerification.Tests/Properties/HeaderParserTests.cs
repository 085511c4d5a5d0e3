using FsCheck.Fluent;
using WebhookVerification.Signatures;

namespace WebhookVerification.Tests.Properties;

/// <summary>The parsers of what anybody may send agree with slow and obvious ones, on texts made of what matters to them.</summary>
public sealed class HeaderParserTests
{
    private const int SignatureLength = 4;
    private const int CasesEach = 4_000;

    [Fact]
    public void AnyListOfFields_IsReadAsTheReferenceDoes()
    {
        var field = Gen.Elements(
            "t=1700000000", "t=1700000000", "t=1700000001", "t=", "v1=01020304", "v1=01020304", "v2=a1B2c3D4", "v1=0102030", "v1=0102030405", "v1=zz020304",
            "v1= 01020304 ", "v1", "v1,01020304", "x=y", "", " ", "=", "t", "01020304", "DEADBEEF", "1700000000", "v1==01020304", "\t", "T=1", "v1\u00a0=01020304", "*=01020304");
        var separator = Gen.Elements(",", ",", ",", " ", ";", ", ", "");
        var header = from count in Gen.Frequency((20, Gen.Choose(0, 8)), (1, Gen.Choose(10, 80)))
                     from fields in field.ArrayOf(count)
                     from separators in separator.ArrayOf(count)
                     select string.Concat(fields.Zip(separators, static (one, end) => one + end));
        var list = from separators in Gen.Elements(",", " ", ", ", ";,")
                   from assign in Gen.Elements<char?>('=', ',', null).Where(assign => assign is null || !separators.Contains(assign.Value, StringComparison.Ordinal))
                   from names in Gen.Elements<string[]>(["v1"], ["v1", "v2"], ["*"])
                   from timeName in Gen.Elements(null, "t")
                   from positions in Gen.Elements<int[]>([0], [1], [1, 2])
                   from andLater in ArbMap.Default.GeneratorFor<bool>()
                   from timePosition in Gen.Elements<int?>(null, 0, 3)
                   select new ReferenceList(separators, assign, names, timeName, positions, andLater, timePosition);

        Cases.Try(from reference in list from text in header select (reference, text), CasesEach, static pair =>
        {
            var expected = pair.reference.Read(pair.text);
            var evidence = new Evidence();
            var outcome = Compile(pair.reference).Read(pair.text.AsMemory(), SignatureEncoding.Hex, SignatureLength, evidence);
            Assert.Equal(expected.Outcome, outcome);
            if (outcome != VerificationOutcome.SignatureMalformed)
            {
                Assert.Equal(expected.Signatures, Enumerable.Range(0, evidence.Signatures.Count).Select(index => Convert.ToHexString(evidence.Signatures[index])));
                Assert.Equal(expected.Time, evidence.TimestampText.ToString());
            }
        });
    }

    [Theory]
    [InlineData("Hex", "0123456789abcdefABCDEFgG \n")]
    [InlineData("Base64", "ABCabc019+/=-_ \n\u00e9")]
    [InlineData("Base64Url", "ABCabc019+/=-_ \n\u00e9")]
    [InlineData("Base64Hex", "MDEyMzQ1Njc4OWFiY2RlZg==")]
    public void AnyText_IsDecodedAsTheReferenceDoes(string name, string alphabet)
    {
        var encoding = Enum.Parse<SignatureEncoding>(name);
        Func<string, byte[]?> reference = encoding switch
        {
            SignatureEncoding.Hex => ReferenceDecoder.Hex,
            SignatureEncoding.Base64 => ReferenceDecoder.Base64,
            SignatureEncoding.Base64Url => ReferenceDecoder.Base64Url,
            _ => ReferenceDecoder.Base64Hex,
        };
        var anything = Cases.Text(alphabet, 0, 24);
        var genuine = Cases.Bytes(1, 40).Select(bytes => Encode(encoding, bytes));
        var almost = from text in genuine from at in Gen.Choose(0, text.Length - 1) from other in Gen.Elements(alphabet.ToCharArray()) select text[..at] + other + text[(at + 1)..];
        Cases.Try(Gen.OneOf(anything, genuine, almost), CasesEach, text =>
        {
            var destination = new byte[SignatureDecoder.MaxDecodedLength(encoding, text.Length)];
            var decoded = SignatureDecoder.TryDecode(encoding, text, destination, out var written) ? destination[..written] : null;
            Assert.Equal(reference(text), decoded);
        });
    }

    private static string Encode(SignatureEncoding encoding, byte[] bytes) => encoding switch
    {
        SignatureEncoding.Hex => Convert.ToHexString(bytes),
        SignatureEncoding.Base64 => Convert.ToBase64String(bytes),
        SignatureEncoding.Base64Url => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        _ => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(bytes))),
    };

    private static SignatureList Compile(ReferenceList reference)
    {
        var named = reference.Assign is not null;
        FieldSelector[] signatures = named
            ? [.. reference.Names.Select(static name => new FieldSelector(name))]
            : [.. reference.Positions.Select((position, index) => new FieldSelector(null, position, reference.AndLater && index == reference.Positions.Length - 1))];
        FieldSelector? time = named
            ? reference.TimeName is { } name ? new FieldSelector(name) : null
            : reference.TimePosition is { } position ? new FieldSelector(null, position) : null;
        return new SignatureList(reference.Separators, reference.Assign, signatures, time);
    }
}
