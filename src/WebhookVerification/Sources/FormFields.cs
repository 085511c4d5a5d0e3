using System.Buffers;
using WebhookVerification.Content;

namespace WebhookVerification.Sources;

/// <summary>
/// The decoded fields of an <c>application/x-www-form-urlencoded</c> body or of a query. Read once a request, when something
/// first asks; reused from request to request.
/// </summary>
internal sealed class FormFields
{
    /// <summary>The longest forms that providers sign have some sixty fields.</summary>
    private const int MaxFields = 1024;

    private const string FormType = "application/x-www-form-urlencoded";

    private readonly ContentBuffer _bytes = new();
    private readonly Comparison<Field> _byNameThenValue;
    private Field[] _fields = [];
    private VerificationOutcome _outcome;

    public FormFields() => _byNameThenValue = CompareByNameThenValue;

    public int Count { get; private set; }

    public void Clear()
    {
        _bytes.Clear();
        Count = 0;
        _outcome = VerificationOutcome.NotVerified;
    }

    public ReadOnlySpan<byte> Name(int index) => Name(_fields[index]);

    public ReadOnlySpan<byte> Value(int index) => Value(_fields[index]);

    /// <summary>Reads what stands behind the "?" of a target.</summary>
    public VerificationOutcome ReadQuery(string target)
    {
        if (_outcome == VerificationOutcome.NotVerified)
        {
            var mark = target.IndexOf('?', StringComparison.Ordinal);
            _bytes.AppendLatin1(mark < 0 ? default : target.AsSpan(mark + 1));
            _outcome = Split();
        }

        return _outcome;
    }

    /// <summary>Reads a form. A body of another content type is malformed: the upstream would read other fields in it than we.</summary>
    public VerificationOutcome ReadBody(in RequestView view)
    {
        if (_outcome == VerificationOutcome.NotVerified)
        {
            if (!view.Body.IsEmpty && !IsForm(view.Request))
            {
                return _outcome = VerificationOutcome.SignatureMalformed;
            }

            var length = checked((int)view.Body.Length);
            view.Body.CopyTo(_bytes.Reserve(length));
            _bytes.Advance(length);
            _outcome = Split();
        }

        return _outcome;
    }

    /// <summary>
    /// The value of the one field of that name. A name that PHP takes for the same is malformed: the upstream might read the
    /// other value.
    /// </summary>
    public VerificationOutcome Find(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var found = VerificationOutcome.SignatureMissing;
        foreach (ref readonly var field in _fields.AsSpan(0, Count))
        {
            if (!PhpName.AreSame(Name(field), name))
            {
                continue;
            }

            if (found == VerificationOutcome.Verified || !Name(field).SequenceEqual(name))
            {
                value = default;
                return VerificationOutcome.SignatureMalformed;
            }

            found = VerificationOutcome.Verified;
            value = Value(field);
        }

        return found;
    }

    /// <summary>Sorts the fields by the bytes of their names, then of their values.</summary>
    public void Sort() => _fields.AsSpan(0, Count).Sort(_byNameThenValue);

    private static bool IsForm(IWebhookRequest request)
    {
        if (request.GetHeader("Content-Type", out var type) != 1)
        {
            return false;
        }

        var end = type!.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? type.AsSpan() : type.AsSpan(0, end)).Trim(HttpSyntax.Space).Equals(FormType, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Cuts the bytes into fields and decodes each in place: what is decoded is never longer.</summary>
    private VerificationOutcome Split()
    {
        var bytes = _bytes.Mutable;
        for (var start = 0; start < bytes.Length;)
        {
            var end = bytes[start..].IndexOf((byte)'&') is >= 0 and var amp ? start + amp : bytes.Length;
            if (end > start && !TryAdd(bytes, start, end))
            {
                return VerificationOutcome.SignatureMalformed;
            }

            start = end + 1;
        }

        return VerificationOutcome.Verified;
    }

    private bool TryAdd(Span<byte> bytes, int start, int end)
    {
        var equals = bytes[start..end].IndexOf((byte)'=') is >= 0 and var at ? start + at : end;
        var valueStart = Math.Min(equals + 1, end);
        if (Count == MaxFields
            || !PercentDecoder.TryDecodeInPlace(bytes[start..equals], out var nameLength)
            || !PercentDecoder.TryDecodeInPlace(bytes[valueStart..end], out var valueLength))
        {
            return false;
        }

        if (Count == _fields.Length)
        {
            Array.Resize(ref _fields, Math.Max(32, Count * 2));
        }

        _fields[Count++] = new Field(start, nameLength, valueStart, valueLength);
        return true;
    }

    private int CompareByNameThenValue(Field left, Field right) =>
        Name(left).SequenceCompareTo(Name(right)) is not 0 and var order ? order : Value(left).SequenceCompareTo(Value(right));

    private ReadOnlySpan<byte> Name(in Field field) => _bytes.Written.Slice(field.Name, field.NameLength);

    private ReadOnlySpan<byte> Value(in Field field) => _bytes.Written.Slice(field.Value, field.ValueLength);

    private readonly record struct Field(int Name, int NameLength, int Value, int ValueLength);
}
