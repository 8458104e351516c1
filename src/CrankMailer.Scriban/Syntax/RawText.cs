using System.Text;

namespace CrankMailer.Scriban.Syntax;

/// <summary>
/// Literal text of a template after whitespace control, encoded once.
/// Indent is the blank run between the last line start and the code that follows: Scriban repeats it before
/// each further line of a value written there (auto-indentation).
/// </summary>
internal sealed class RawText(string text, string? indent)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

    public string? Indent { get; } = indent;
}
