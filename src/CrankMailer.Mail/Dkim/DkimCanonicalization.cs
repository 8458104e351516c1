namespace CrankMailer.Mail.Dkim;

/// <summary>RFC 6376 3.4: which changes on the way a signature survives.</summary>
public enum DkimCanonicalization
{
    /// <summary>None, but for empty lines at the end of the body.</summary>
    Simple,

    /// <summary>Changes of white space and of the case of header names.</summary>
    Relaxed,
}
