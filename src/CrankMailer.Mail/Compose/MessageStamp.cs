using CrankMailer.Mail.Headers;

namespace CrankMailer.Mail.Compose;

/// <summary>What no two messages share and no template may write: the one recipient (R11), the id, which a retry keeps (R13),
/// and the time of building (R14).</summary>
public readonly record struct MessageStamp(Mailbox To, MessageId Id, DateTimeOffset Date);
