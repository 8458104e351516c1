namespace CrankMailer.Mail.Rules;

/// <summary>A class of replies, as the rules file defines it.</summary>
/// <param name="Name">Such as hard, throttle, policy_rcpt.</param>
/// <param name="Pause">How long the receiver is left alone; zero where it need not be.</param>
/// <param name="Alert">Whether an operator must know.</param>
/// <param name="Reaction">What follows, in words.</param>
public sealed record ReplyClass(string Name, ReplyEffect AtTransient, ReplyEffect AtPermanent, TimeSpan Pause, bool Alert, string Reaction);
