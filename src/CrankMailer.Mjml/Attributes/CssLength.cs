namespace CrankMailer.Mjml.Attributes;

/// <summary>A width or height as mjml reads it: a number and px or %.</summary>
internal readonly record struct CssLength(double Value, bool IsPercent)
{
    /// <summary>px are whole (the fraction is cut off), percentages keep theirs.</summary>
    public static CssLength Parse(string text)
    {
        var percent = text.EndsWith('%');
        return new CssLength(percent ? Number.Decimal(text) : Number.Int(text), percent);
    }
}
