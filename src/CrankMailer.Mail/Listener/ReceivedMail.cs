namespace CrankMailer.Mail.Listener;

/// <summary>A message as received: envelope and octets, dots unstuffed, nothing added.</summary>
/// <param name="Sender">Envelope sender; empty for the null path of bounces.</param>
/// <param name="Recipients">Those the handler accepted, in their order.</param>
/// <param name="Message">Valid only until the handler returns; copy what must last.</param>
public sealed record ReceivedMail(SmtpPeer Peer, string Sender, IReadOnlyList<string> Recipients, ReadOnlyMemory<byte> Message);
