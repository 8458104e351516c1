namespace CrankMailer.Feedback.Reading;

/// <summary>What a report asks for, were it the first of its kind. What really follows also depends on whose it is (<see cref="FeedbackHandler"/>).</summary>
public enum ReportReaction
{
    /// <summary>The address is dead: suppress it (R84).</summary>
    Suppress,

    /// <summary>Count it; three in a row suppress (R105).</summary>
    CountSoft,

    /// <summary>We are refused, the address is not to blame (R85).</summary>
    BlockNotAddress,

    /// <summary>The reader complained: suppress and unsubscribe (R108).</summary>
    SuppressComplaint,

    /// <summary>An operator must know; nobody is suppressed.</summary>
    AlertOnly,
    Ignore,
}
