namespace CrankMailer.Mail.Dkim;

/// <summary>RFC 6376 3.9, in the words of RFC 8601.</summary>
public enum DkimStatus
{
    Pass,

    /// <summary>The message was changed, or signed with another key.</summary>
    Fail,

    /// <summary>The signature or the key record cannot be used, now or later.</summary>
    PermError,

    /// <summary>The key could not be looked up now.</summary>
    TempError,
}
