namespace CrankMailer.Console.Accounts;

/// <summary>How the trial of a relay went.</summary>
/// <param name="Text">What worked, or what is wrong; a sentence or two.</param>
internal sealed record TrialResult(bool Works, string Text)
{
    /// <summary>The conversation, secrets masked; empty where there was none.</summary>
    public IReadOnlyList<string> Talk { get; init; } = [];
}
