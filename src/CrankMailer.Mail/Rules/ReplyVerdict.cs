namespace CrankMailer.Mail.Rules;

/// <summary>What a reply means and why we think so.</summary>
/// <param name="Effect">For this delivery: R82 is applied already.</param>
/// <param name="Rule">Line of the rules file.</param>
public sealed record ReplyVerdict(ReplyClass Class, ReplyEffect Effect, int Rule)
{
    public string Reaction => Class.Reaction;
}
