namespace CrankMailer.Mail.Smtp;

/// <summary>What became of one message: data, never an exception.</summary>
public abstract record SmtpOutcome
{
    private SmtpOutcome(SmtpPhase phase, SmtpSession session) => (Phase, Session) = (phase, session);

    /// <summary>How far the conversation was.</summary>
    public SmtpPhase Phase { get; }

    public SmtpSession Session { get; }

    /// <summary>The conversation for the operator, secrets masked; empty where the message was accepted.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];

    /// <summary>The next hop has it (R80).</summary>
    public sealed record Accepted(SmtpReply Reply, SmtpSession At) : SmtpOutcome(SmtpPhase.Dot, At);

    /// <summary>The server said no: 4yz for now, 5yz for good.</summary>
    public sealed record Refused(SmtpPhase During, SmtpReply Reply, SmtpSession At) : SmtpOutcome(During, At);

    /// <summary>Surely not taken: it ended before the final dot.</summary>
    /// <param name="Text">For the operator.</param>
    public sealed record NotSent(SmtpPhase During, SmtpFailure Failure, string Text, SmtpSession At) : SmtpOutcome(During, At);

    /// <summary>The final dot may have arrived and no reply came back: taken or not, nobody knows (R67).</summary>
    public sealed record Unknown(SmtpFailure Failure, string Text, SmtpSession At) : SmtpOutcome(SmtpPhase.Dot, At);
}
