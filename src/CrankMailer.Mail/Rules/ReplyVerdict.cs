namespace CrankMailer.Mail.Rules;

/// <summary>What a reply means and why we think so.</summary>
/// <param name="Effect">For this delivery: R82 is applied already.</param>
/// <param name="Rule">Line of the rules file.</param>
public sealed record ReplyVerdict(ReplyClass Class, ReplyEffect Effect, int Rule)
{
    /// <summary>How long the server asks us to wait, where it does and where it makes sense: five minutes to four hours.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public string Reaction => Class.Reaction;
}
