using CrankMailer.Scriban.Syntax;

namespace CrankMailer.Scriban.Evaluation;

/// <summary>Keeps count of what a render has cost, and stops it at its limits.</summary>
internal sealed class Budget(ScribanLimits limits, CancellationToken ct)
{
    private long work;
    private long text;
    private int depth;

    public ScribanLimits Limits { get; } = limits;

    public CancellationToken Token { get; } = ct;

    public void ChargeWork(long units, SourceSpan span)
    {
        Token.ThrowIfCancellationRequested();
        work += units;
        if (work > Limits.Work) throw span.Error($"Exceeding the limit of `{Limits.Work}` steps for a template.");
    }

    /// <summary>A string was made, or is about to be: it may neither be too long nor one too many.</summary>
    public void ChargeText(long length, SourceSpan span)
    {
        if (length > Limits.TextLength) throw span.Error($"Exceeding the limit of `{Limits.TextLength}` characters for a string.");
        text += length;
        if (text > Limits.TotalText) throw span.Error($"Exceeding the limit of `{Limits.TotalText}` characters for all strings of a template.");
    }

    public void EnterRecursion(SourceSpan span)
    {
        if (++depth > Limits.Recursion) throw span.Error($"Exceeding number of recursive depth limit `{Limits.Recursion}` for node: `{span.Text}`");
    }

    public void LeaveRecursion() => depth--;
}
