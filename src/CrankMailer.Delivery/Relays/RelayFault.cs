using CrankMailer.Mail.Smtp;

namespace CrankMailer.Delivery.Relays;

/// <summary>What is wrong with a relay itself, so that no message is to blame.</summary>
/// <param name="IsOurs">The log-in, the certificate: mended only by a person (R63, R91), not by waiting.</param>
/// <param name="IsAnswer">It spoke and sent us away, as it does with a connection too many; false where it was not reached.</param>
internal sealed record RelayFault(string Text, bool IsOurs, bool IsAnswer = false)
{
    /// <summary>Null where the outcome is about the message or its recipient.</summary>
    public static RelayFault? Find(SmtpOutcome outcome) => outcome switch
    {
        SmtpOutcome.Refused { Phase: SmtpPhase.Auth, Reply: var reply } => new RelayFault($"it refuses our log-in: {Line(reply)}", reply.IsPermanent, IsAnswer: true),
        SmtpOutcome.Refused { Phase: SmtpPhase.Connect or SmtpPhase.Ehlo or SmtpPhase.StartTls, Reply: var reply } => new RelayFault($"it sends us away: {Line(reply)}", false, IsAnswer: true),
        SmtpOutcome.NotSent { Failure: SmtpFailure.TlsNotOffered or SmtpFailure.CertificateRefused or SmtpFailure.AuthNotPossible, Text: var text } => new RelayFault(text, true),
        SmtpOutcome.NotSent { Failure: SmtpFailure.TooLarge or SmtpFailure.SmtpUtf8NotOffered } => null,
        // Lost amid a message it may be the message's doing: then an attempt is counted, so that it cannot go on for ever.
        SmtpOutcome.NotSent { Phase: SmtpPhase.Connect or SmtpPhase.Ehlo or SmtpPhase.StartTls or SmtpPhase.Auth, Text: var text } => new RelayFault($"it cannot be reached: {text}", false),
        _ => null,
    };

    private static string Line(SmtpReply reply) => $"{reply.Code} {reply.Text}";
}
