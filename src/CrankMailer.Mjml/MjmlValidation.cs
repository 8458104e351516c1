namespace CrankMailer.Mjml;

/// <summary>How much mjml looks at a document before it renders it.</summary>
public enum MjmlValidation
{
    /// <summary>Problems are neither looked for nor reported; what cannot be rendered at all is still refused.</summary>
    Skip,

    /// <summary>Problems are reported, and the document is rendered without what is wrong in it. The default, as in mjml.</summary>
    Soft,

    /// <summary>Any problem refuses the document.</summary>
    Strict,
}
