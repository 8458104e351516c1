namespace CrankMailer.Mail.Rules;

/// <summary>A class of replies, as the rules file defines it.</summary>
/// <param name="Name">Such as hard, throttle, policy_rcpt.</param>
/// <param name="InReport">What it means where a report tells it of a message that was taken before: nothing is left to be tried again.</param>
/// <param name="Pause">How long the receiver is left alone; zero where it need not be.</param>
/// <param name="Alert">Whether an operator must know.</param>
/// <param name="Reaction">What follows, in words.</param>
public sealed record ReplyClass(string Name, ReplyEffect AtTransient, ReplyEffect AtPermanent, ReplyEffect InReport, TimeSpan Pause, bool Alert, string Reaction);
