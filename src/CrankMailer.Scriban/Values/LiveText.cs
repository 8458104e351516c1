namespace CrankMailer.Scriban.Values;

/// <summary>
/// Text of which some ranges came from a template's literal text (or were marked live by the host), the rest from values.
/// Only rendering for two phases makes it: what a capture or an include gives may be written with its origin intact.
/// Anything else done to it sees a plain string, all of it value.
/// </summary>
internal sealed record LiveText(string Text, IReadOnlyList<(int Start, int Length)> Live)
{
    public override string ToString() => Text;

    /// <summary>Every value but this one as it is; of this one only its text.</summary>
    public static object? Flatten(object? value) => value is LiveText text ? text.Text : value;
}
