namespace CrankMailer.Model.Tokens;

/// <summary>What a signed token is for. One purpose a token; the numbers stand in mailed links and never change.</summary>
public enum TokenPurpose
{
    /// <summary>/u/{token}: publication, subscriber, campaign. Works for ever.</summary>
    Unsubscribe = 1,

    /// <summary>/preferences/{token}: publication, subscriber.</summary>
    Preferences = 2,

    /// <summary>/view/{token}: campaign, delivery.</summary>
    ViewOnline = 3,

    /// <summary>The envelope sender (VERP, R64): campaign, delivery.</summary>
    Bounce = 4,

    /// <summary>Left side of the Message-ID: campaign, delivery. A retry keeps it (R13).</summary>
    MessageId = 5,

    /// <summary>/c/{token}/{n}: campaign, delivery.</summary>
    Click = 6,

    /// <summary>/o/{token}.gif: campaign, delivery.</summary>
    Open = 7,

    /// <summary>Envelope sender and Message-ID of a system mail: outbox mail.</summary>
    SystemMail = 8,
}
