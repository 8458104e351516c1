using System.Text;

namespace CrankMailer.Mjml.Rendering;

/// <summary>
/// Lays out the white space of written HTML anew, where it means nothing: beside blocks it goes, elsewhere a run of it
/// becomes one space.
/// </summary>
internal sealed class HtmlLayout
{
    private const int DeepestIndent = 40;

    private readonly StringBuilder output;
    private readonly bool indented;
    private int depth;
    private bool space;
    private bool afterBlock = true;
    private bool ignoring;

    private HtmlLayout(int length, bool indented)
    {
        output = new StringBuilder(length);
        this.indented = indented;
    }

    /// <summary>As little white space as keeps the meaning.</summary>
    public static string Minify(string html) => new HtmlLayout(html.Length, false).Write(html);

    /// <summary>A line for each block, indented.</summary>
    public static string Beautify(string html) => new HtmlLayout(html.Length * 2, true).Write(html);

    private string Write(string html)
    {
        foreach (var piece in HtmlPiece.Of(html))
        {
            var text = piece.In(html);
            if (piece.Kind == PieceKind.Comment && text.StartsWith("<!--") && text[4..].TrimStart().StartsWith("htmlmin:ignore"))
            {
                ToggleIgnoring();
                continue;
            }

            switch (ignoring ? PieceKind.Inline : piece.Kind)
            {
                case PieceKind.Text:
                    WriteText(text);
                    break;
                case PieceKind.Inline:
                    BeforeInline();
                    output.Append(text);
                    break;
                default:
                    WriteBlock(piece.Kind, text);
                    break;
            }
        }

        return output.Append(output.Length > 0 && output[^1] == '\n' ? "" : "\n").ToString();
    }

    // A pair of these comments has mjml's minifier leave what is between as it is; they themselves go.
    private void ToggleIgnoring()
    {
        if (!indented)
        {
            ignoring = !ignoring;
            BeforeInline();
        }
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is ' ' or '\t' or '\r' or '\n' or '\f')
            {
                space = true;
                continue;
            }

            BeforeInline();
            output.Append(c);
        }
    }

    private void BeforeInline()
    {
        if (afterBlock)
        {
            Indent();
        }
        else if (space)
        {
            output.Append(' ');
        }

        space = false;
        afterBlock = false;
    }

    private void WriteBlock(PieceKind kind, ReadOnlySpan<char> text)
    {
        depth -= kind == PieceKind.BlockEnd && depth > 0 ? 1 : 0;
        if (!afterBlock && indented)
        {
            output.Append('\n');
        }

        Indent();
        WriteLines(text, kind == PieceKind.AsIs && text.StartsWith("<style", StringComparison.OrdinalIgnoreCase));
        output.Append(indented ? "\n" : "");
        depth += kind == PieceKind.BlockStart ? 1 : 0;
        space = false;
        afterBlock = true;
    }

    // Line breaks stay in style sheets and comments; indentation of CSS goes when all white space should.
    private void WriteLines(ReadOnlySpan<char> text, bool isCss)
    {
        if (indented || !isCss)
        {
            output.Append(text);
            return;
        }

        var first = true;
        foreach (var line in text.EnumerateLines())
        {
            var trimmed = line.Trim();
            if (!trimmed.IsEmpty)
            {
                output.Append(first ? "" : "\n").Append(trimmed);
                first = false;
            }
        }
    }

    private void Indent()
    {
        if (indented)
        {
            output.Append(' ', 2 * Math.Min(depth, DeepestIndent));
        }
    }
}
