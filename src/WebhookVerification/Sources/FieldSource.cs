using System.Text;
using WebhookVerification.Content;

namespace WebhookVerification.Sources;

/// <summary>A field of the query or of a form, by its decoded name. A field that stands there twice is malformed, even if equal.</summary>
internal abstract class FieldSource(string kind, string name) : ValueSource($"{kind}:{name}")
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    public override VerificationOutcome Write(in RequestView view, ContentBuffer into)
    {
        var outcome = Find(view, out var value);
        into.Append(value);
        return outcome;
    }

    protected VerificationOutcome Find(in RequestView view, out ReadOnlySpan<byte> value)
    {
        value = default;
        var outcome = Fields(view, out var fields);
        return outcome == VerificationOutcome.Verified ? fields.Find(_name, out value) : outcome;
    }

    protected abstract VerificationOutcome Fields(in RequestView view, out FormFields fields);
}

/// <summary><c>query:NAME</c>.</summary>
internal sealed class QuerySource(string name) : FieldSource("query", name)
{
    public override VerificationOutcome Preflight(in RequestView view) => Find(view, out _);

    protected override VerificationOutcome Fields(in RequestView view, out FormFields fields)
    {
        fields = view.Evidence.Query;
        return fields.ReadQuery(view.Request.Target);
    }
}

/// <summary><c>form:NAME</c>.</summary>
internal sealed class FormSource(string name) : FieldSource("form", name)
{
    public override bool InBody => true;

    protected override VerificationOutcome Fields(in RequestView view, out FormFields fields)
    {
        fields = view.Evidence.Form;
        return fields.ReadBody(view);
    }
}
