namespace CrankMailer.Scriban;

/// <summary>One thing wrong with a template, and where. Line and column count from 1.</summary>
public sealed record ScribanProblem(string Name, int Line, int Column, string Text)
{
    public override string ToString() => $"{Name}({Line},{Column}) : error : {Text}";
}
