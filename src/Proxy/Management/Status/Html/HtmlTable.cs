namespace Proxy.Management.Status.Html;

/// <summary>
/// A section with a table. On a narrow screen the style sheet shows rows as cards: hence a label at every cell, and roles, which
/// browsers forget for tables that are not displayed as such.
/// </summary>
internal sealed class HtmlTable
{
    private readonly HtmlWriter _html;
    private readonly string[] _columns;
    private int _column;

    /// <param name="html">Where it is written.</param>
    /// <param name="id">The section's, to link to.</param>
    /// <param name="title">The section's heading, and the table's name.</param>
    /// <param name="columns">Their headings.</param>
    public HtmlTable(HtmlWriter html, string id, string title, params string[] columns)
    {
        (_html, _columns) = (html, columns);
        html.Write($"""<section id="{id}"><h2 id="{id}-title">{title}</h2><table role="table" aria-labelledby="{id}-title"><thead role="rowgroup"><tr role="row">""");
        foreach (var column in columns)
        {
            html.Write($"""<th role="columnheader" scope="col">{column}</th>""");
        }

        html.Write($"""</tr></thead><tbody role="rowgroup">""");
    }

    public void BeginRow(string name)
    {
        _column = 1;
        _html.Write($"""<tr role="row"><th role="rowheader" scope="row">{name}</th>""");
    }

    /// <summary>A cell of plain text.</summary>
    public void Cell(string text)
    {
        BeginCell();
        _html.Write($"{text}");
        EndCell();
    }

    /// <summary>A cell with a number, which lines up with those above and below.</summary>
    public void Cell(long number)
    {
        BeginCell("number");
        _html.Write($"{number:N0}");
        EndCell();
    }

    public void BeginCell(string kind = "text") =>
        _html.Write($"""<td role="cell" class="{kind}" data-label="{_columns[_column++]}"><div>""");

    public void EndCell() => _html.Write($"</div></td>");

    public void EndRow() => _html.Write($"</tr>");

    /// <summary>Ends table and section.</summary>
    public void End() => _html.Write($"</tbody></table></section>");
}
