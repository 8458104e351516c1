namespace CrankMailer.Mjml.Syntax;

/// <summary>How much a document may include: files that include others twice, and so on, would grow without end.</summary>
internal sealed class IncludeBudget
{
    private int files = 1_000;
    private int characters = 20_000_000;

    /// <summary>False when the file is one too many, or too much.</summary>
    public bool Take(int length)
    {
        files--;
        characters -= Math.Min(length, characters + 1);
        return files >= 0 && characters >= 0;
    }
}
