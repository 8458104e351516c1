using CrankMailer.Mjml.Attributes;

namespace CrankMailer.Mjml.Components;

/// <summary>CSS background-position, taken apart and translated to VML.</summary>
internal readonly record struct BackgroundPosition(string X, string Y)
{
    public static BackgroundPosition Parse(string? position, string? ownX, string? ownY)
    {
        var (x, y) = Split(position ?? "");
        return new(ownX is { Length: > 0 } ? ownX : x, ownY is { Length: > 0 } ? ownY : y);
    }

    public override string ToString() => $"{X} {Y}";

    /// <summary>
    /// VML's origin and position, which are one number each way. Tiles count from the top left corner (0 to 1),
    /// a single picture from the middle (-0.5 to 0.5).
    /// </summary>
    public (double X, double Y) ToVml(bool repeated)
    {
        var x = X switch { "left" => 0, "center" => 50, "right" => 100, _ => Percentage(X, 50) };
        var y = Y switch { "top" => 0, "center" => 50, "bottom" => 100, _ => Percentage(Y, 0) };
        return repeated ? (x / 100.0, y / 100.0) : ((x - 50) / 100.0, (y - 50) / 100.0);
    }

    private static (string X, string Y) Split(string position)
    {
        var words = position.Split(' ');
        return words.Length switch
        {
            1 when words[0] is "top" or "bottom" => ("center", words[0]),
            1 => (words[0], "center"),
            2 when words[0] is "top" or "bottom" || (words[0] == "center" && words[1] is "left" or "right") => (words[1], words[0]),
            2 => (words[0], words[1]),
            _ => ("center", "top"),
        };
    }

    // Whole per cent; Outlook places nothing finer.
    private static int Percentage(string word, int otherwise) =>
        word.EndsWith('%') && word.AsSpan(0, word.Length - 1).IndexOfAnyExceptInRange('.', '9') < 0 ? Number.Int(word) : otherwise;
}
