using CrankMailer.Mjml.Components;

namespace CrankMailer.Mjml;

/// <summary>How to compile. The defaults are mjml's own.</summary>
public sealed record MjmlOptions
{
    /// <summary>The fonts mjml knows without being told, by name and style sheet. A font is linked only where a style names it.</summary>
    public static readonly IReadOnlyDictionary<string, string> StandardFonts = new Dictionary<string, string>
    {
        ["Open Sans"] = "https://fonts.googleapis.com/css?family=Open+Sans:300,400,500,700",
        ["Droid Sans"] = "https://fonts.googleapis.com/css?family=Droid+Sans:300,400,500,700",
        ["Lato"] = "https://fonts.googleapis.com/css?family=Lato:300,400,500,700",
        ["Roboto"] = "https://fonts.googleapis.com/css?family=Roboto:300,400,500,700",
        ["Ubuntu"] = "https://fonts.googleapis.com/css?family=Ubuntu:300,400,500,700",
    };

    public static readonly MjmlOptions Default = new();

    /// <summary>Name of the document in messages.</summary>
    public string SourceName { get; init; } = "mjml";

    public MjmlValidation Validation { get; init; } = MjmlValidation.Soft;

    /// <summary>How white space is laid out.</summary>
    public MjmlLayout Layout { get; init; } = MjmlLayout.AsWritten;

    /// <summary>False drops the comments of the document (those written for Outlook stay).</summary>
    public bool KeepComments { get; init; } = true;

    /// <summary>Fonts that may be linked, by name; replaces <see cref="StandardFonts"/>. mj-font adds to them.</summary>
    public IReadOnlyDictionary<string, string> Fonts { get; init; } = StandardFonts;

    /// <summary>Where mj-include reads. Null refuses every include: a document alone opens no file.</summary>
    public IMjmlFiles? Files { get; init; }

    /// <summary>The elements that may be used. Add your own with <see cref="MjmlComponents.With"/>.</summary>
    public MjmlComponents Components { get; init; } = MjmlComponents.Standard;
}

/// <summary>White space of the output.</summary>
public enum MjmlLayout
{
    /// <summary>A line for each block, no indentation: short, and good to read in a diff.</summary>
    AsWritten,

    /// <summary>As little white space as keeps the meaning.</summary>
    Minified,

    /// <summary>Indented.</summary>
    Beautified,
}
