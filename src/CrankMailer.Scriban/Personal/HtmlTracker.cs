using System.Text;

namespace CrankMailer.Scriban.Personal;

/// <summary>
/// Follows literal HTML just closely enough to know what escaping a hole needs: text, tag, attribute and its quotes, comment,
/// script and style. Conditional comments for Outlook are followed as markup, since it reads them so.
/// </summary>
internal sealed class HtmlTracker
{
    private readonly StringBuilder attribute = new();
    private readonly StringBuilder value = new();
    private readonly StringBuilder tag = new();
    private HtmlState state;
    private char quote;

    public HtmlPlace Place
    {
        get => new(state, quote, tag.ToString(), attribute.ToString(), state == HtmlState.Value ? value.ToString() : "");
        set
        {
            (state, quote) = (value.State, value.Quote);
            tag.Clear().Append(value.Tag);
            attribute.Clear().Append(value.Attribute);
            this.value.Clear().Append(value.Value);
        }
    }

    /// <summary>A hole was written here.</summary>
    public void PassHole(PersonalContext context)
    {
        if (state == HtmlState.Value) value.Append(context == PersonalContext.WholeUrl ? UrlPlace.WholeUrl : UrlPlace.Value);
    }

    public void Pass(string text)
    {
        for (var i = 0; i < text.Length; i++) i = Step(text, i);
    }

    /// <summary>Takes the character at an index, or more, and gives the index of the last one taken.</summary>
    private int Step(string text, int at)
    {
        var c = text[at];
        switch (state)
        {
            case HtmlState.Text: return c == '<' ? OpenTag(text, at) : at;
            case HtmlState.TagOpen or HtmlState.TagName: PassTagName(c); return at;
            case HtmlState.BeforeAttribute or HtmlState.AfterAttributeName or HtmlState.AttributeName: PassAttribute(c); return at;
            case HtmlState.BeforeValue: StartValue(c); return at;
            case HtmlState.Value: PassValue(c); return at;
            case HtmlState.Declaration: if (c == '>') state = HtmlState.Text; return at;
            case HtmlState.Comment: return SkipTo(text, at, "-->");
            default: return SkipTo(text, at, $"</{tag}");
        }
    }

    private int OpenTag(string text, int at)
    {
        attribute.Clear();
        tag.Clear();
        state = HtmlState.TagOpen;
        if (!StartsWith(text, at, "<!")) return at;
        state = HtmlState.Declaration;
        if (!StartsWith(text, at, "<!--")) return at + 1;
        if (StartsWith(text, at, "<!--[if")) return at + 3;
        if (StartsWith(text, at, "<!-->"))
        {
            state = HtmlState.Text;
            return at + 4;
        }
        state = HtmlState.Comment;
        return at + 3;
    }

    private int SkipTo(string text, int at, string end)
    {
        var found = text.IndexOf(end, at, StringComparison.OrdinalIgnoreCase);
        if (found < 0) return text.Length;
        state = state == HtmlState.Comment ? HtmlState.Text : HtmlState.Declaration;
        return found + end.Length - 1;
    }

    private void PassTagName(char c)
    {
        if (c == '>') CloseTag();
        else if (char.IsWhiteSpace(c)) state = state == HtmlState.TagOpen ? HtmlState.Text : HtmlState.BeforeAttribute;
        else
        {
            state = HtmlState.TagName;
            tag.Append(char.ToLowerInvariant(c));
        }
    }

    private void PassAttribute(char c)
    {
        if (c == '>') CloseTag();
        else if (c == '=' && attribute.Length > 0) state = HtmlState.BeforeValue;
        else if (char.IsWhiteSpace(c)) state = state == HtmlState.AttributeName ? HtmlState.AfterAttributeName : state;
        else
        {
            if (state != HtmlState.AttributeName) attribute.Clear();
            state = HtmlState.AttributeName;
            if (c != '/') attribute.Append(char.ToLowerInvariant(c));
        }
    }

    private void StartValue(char c)
    {
        if (char.IsWhiteSpace(c)) return;
        value.Clear();
        if (c == '>')
        {
            CloseTag();
            return;
        }
        state = HtmlState.Value;
        quote = c is '"' or '\'' ? c : '\0';
        if (quote == '\0') value.Append(c);
    }

    private void PassValue(char c)
    {
        var ends = quote == '\0' ? char.IsWhiteSpace(c) || c == '>' : c == quote;
        if (!ends)
        {
            value.Append(c);
            return;
        }
        attribute.Clear();
        state = HtmlState.BeforeAttribute;
        if (c == '>') CloseTag();
        quote = '\0';
    }

    private void CloseTag()
    {
        var isRaw = tag.ToString() is "script" or "style" or "xmp" or "iframe" or "noembed" or "noframes";
        state = isRaw ? HtmlState.RawText : HtmlState.Text;
        attribute.Clear();
        quote = '\0';
        if (!isRaw) tag.Clear();
    }

    private static bool StartsWith(string text, int at, string what) =>
        string.Compare(text, at, what, 0, what.Length, StringComparison.OrdinalIgnoreCase) == 0;
}
