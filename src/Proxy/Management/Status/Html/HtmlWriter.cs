using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Proxy.Management.Status.Html;

/// <summary>Writes markup. What stands in an interpolation is always text, and encoded.</summary>
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _html = new();

    [SuppressMessage("Performance", "CA1822", Justification = "The handler, which is given this writer, has written everything by now.")]
    public void Write([InterpolatedStringHandlerArgument("")] Markup markup) => _ = markup;

    /// <summary>Writes what was built into the program, as it is.</summary>
    public void WriteTrusted(string html) => _html.Append(html);

    public override string ToString() => _html.ToString();

    /// <summary>The literal parts are markup, the values between them are text.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly HtmlWriter _writer;

        public Markup(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _ = formattedCount;
            _writer = writer;
            writer._html.EnsureCapacity(writer._html.Length + literalLength);
        }

        public void AppendLiteral(string literal) => _writer._html.Append(literal);

        public void AppendFormatted(string? value) => _writer._html.Append(Encoder.Encode(value ?? ""));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
