namespace CrankMailer.Mail.Rules;

/// <summary>A big receiver of mail, by the name its replies are classed under.</summary>
/// <param name="Connections">At once, to begin with (R77).</param>
/// <param name="MessagesPerConnection">To begin with (R77).</param>
public sealed record Receiver(string Name, int Connections, int MessagesPerConnection);
