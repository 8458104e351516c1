namespace CrankMailer.Scriban;

/// <summary>Where a render writes, told apart by origin: the template's literal text, and values.</summary>
public abstract class ScribanOutput
{
    public abstract void WriteLiteral(ReadOnlySpan<char> text);

    public abstract void WriteValue(ReadOnlySpan<char> text);

    /// <summary>Called once, when all is written without an error.</summary>
    public virtual void Complete() { }
}
