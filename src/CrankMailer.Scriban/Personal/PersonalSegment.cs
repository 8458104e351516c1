using System.Buffers;

namespace CrankMailer.Scriban.Personal;

/// <summary>A piece of a compiled personal text. Literals can be encoded once for all recipients; only holes differ.</summary>
public abstract record PersonalSegment
{
    private PersonalSegment() { }

    /// <summary>UTF-8, the same for everyone.</summary>
    public sealed record Literal(ReadOnlyMemory<byte> Utf8) : PersonalSegment;

    /// <summary>Index counts the holes of a template from 0, branches included.</summary>
    public sealed record Hole(int Index, PersonalContext Context, PersonalExpression Expression) : PersonalSegment
    {
        /// <summary>Writes the value as its place needs it, in UTF-8.</summary>
        public void Write(IPersonalValues values, IBufferWriter<byte> output) => Expression.Write(values, Context, output);
    }

    /// <summary><c>if</c>; an <c>else if</c> is a branch alone in Else.</summary>
    public sealed record Branch(PersonalExpression Condition, IReadOnlyList<PersonalSegment> Then, IReadOnlyList<PersonalSegment> Else) : PersonalSegment;
}

/// <summary>How a hole's value is escaped.</summary>
public enum PersonalContext
{
    /// <summary>Plain text, as it is.</summary>
    Text,

    /// <summary>One line of a header: line ends and control characters become blanks.</summary>
    Header,

    /// <summary>Text between HTML tags: &lt; &gt; &amp; and quotes escaped.</summary>
    HtmlText,

    /// <summary>A quoted attribute: the same.</summary>
    HtmlAttribute,

    /// <summary>A part of a URL behind its host: percent-encoded.</summary>
    UrlPart,

    /// <summary>A whole URL of ours: HTML-escaped, not percent-encoded.</summary>
    WholeUrl,

    /// <summary>HTML of ours: as it is.</summary>
    HtmlRaw,
}
