namespace CrankMailer.Scriban;

/// <summary>What one template may cost. The defaults fit a newsletter many times over and stop a hostile template within about a second.</summary>
public sealed record ScribanLimits
{
    public static ScribanLimits Default { get; } = new();

    /// <summary>Steps of one loop, and length of one range. 1000 is Scriban's own default.</summary>
    public int LoopSteps { get; init; } = 1000;

    /// <summary>Functions, includes and evaluated templates inside each other. 100 is Scriban's own default.</summary>
    public int Recursion { get; init; } = 100;

    /// <summary>Blocks and expressions inside each other in the text of a template; an expression may chain four times as many operators.</summary>
    public int Nesting { get; init; } = 250;

    /// <summary>Characters a render may write, and any one string may have. 1 MiB is Scriban's own default.</summary>
    public int TextLength { get; init; } = 1024 * 1024;

    /// <summary>Steps, calls and list items of a whole render, however its loops are nested.</summary>
    public long Work { get; init; } = 2_000_000;

    /// <summary>Characters of all strings a render makes on the way, kept or not.</summary>
    public long TotalText { get; init; } = 64L * 1024 * 1024;

    /// <summary>Depth to which objects inside objects are printed. 20 is Scriban's own default.</summary>
    public int ObjectDepth { get; init; } = 20;

    /// <summary>Time one regular expression may take.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
