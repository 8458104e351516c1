namespace CrankMailer.Mail.Rules;

/// <summary>What a reply means for the one delivery it answers.</summary>
public enum ReplyEffect
{
    Accepted,

    /// <summary>Try again later.</summary>
    Retry,

    /// <summary>Failed, counted against the address as soft.</summary>
    Soft,

    /// <summary>Failed; the address is to be suppressed at once (R84).</summary>
    Hard,

    /// <summary>Failed; the sender is refused, the address is not to blame (R85).</summary>
    Block,

    /// <summary>Our own fault: stop and alert, nobody is counted (R91).</summary>
    Config,
}
