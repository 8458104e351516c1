using System.Buffers;
using System.Globalization;

namespace CrankMailer.Scriban.Personal;

/// <summary>A compiled hole or condition.</summary>
public sealed class PersonalExpression
{
    private readonly PersonalNode node;
    private readonly CultureInfo culture;
    private readonly bool breakLines;

    internal PersonalExpression(PersonalNode node, bool breakLines, CultureInfo culture)
    {
        this.node = node;
        this.breakLines = breakLines;
        this.culture = culture;
    }

    public PersonalValue Evaluate(IPersonalValues values) => node.Evaluate(values);

    public bool IsTrue(IPersonalValues values) => node.Evaluate(values).IsTrue;

    /// <summary>The value escaped for a context. Of a text without pipes nothing is allocated.</summary>
    public void Write(IPersonalValues values, PersonalContext context, IBufferWriter<byte> output)
    {
        var value = node.Evaluate(values);
        if (value.Kind == PersonalKind.None) return;
        PersonalEscaping.Write(TextOf(value), context, breakLines, output);
    }

    private string TextOf(PersonalValue value) => value.Kind switch
    {
        PersonalKind.Text => value.TextOrNull ?? "",
        PersonalKind.Truth => value.IsTrue ? "true" : "false",
        PersonalKind.Instant => PersonalNode.Dates.Format(value.Instant, culture),
        _ => Convert.ToString(value.ToObject(), culture) ?? "",
    };
}
