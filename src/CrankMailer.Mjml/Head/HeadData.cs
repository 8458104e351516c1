using CrankMailer.Mjml.Syntax;

namespace CrankMailer.Mjml.Head;

/// <summary>What the head of a document says.</summary>
internal sealed class HeadData
{
    public string Title { get; set; } = "";

    public string Preview { get; set; } = "";

    /// <summary>px below which a client counts as a phone.</summary>
    public int Breakpoint { get; set; } = 480;

    public string BreakpointText { get; set; } = "480px";

    public string? Lang { get; set; }

    public string? Dir { get; set; }

    /// <summary>owa="desktop": Outlook on the web gets the wide layout.</summary>
    public bool OutlookWebIsDesktop { get; set; }

    public Dictionary<string, string> Fonts { get; } = [];

    public List<string> Styles { get; } = [];

    public List<string> InlineStyles { get; } = [];

    public List<string> Raw { get; } = [];

    /// <summary>Raw parts that stand before the doctype.</summary>
    public List<string> FileStart { get; } = [];

    /// <summary>Attributes for what a selector finds in the HTML: selector, name, value, in the order of the document.</summary>
    public List<(string Path, string Name, string Value)> HtmlAttributes { get; } = [];

    /// <summary>mj-all.</summary>
    public List<GivenAttribute> All { get; } = [];

    /// <summary>Defaults by tag.</summary>
    public Dictionary<string, List<GivenAttribute>> Tags { get; } = [];

    /// <summary>mj-class by name.</summary>
    public Dictionary<string, ClassData> Classes { get; } = [];
}

/// <summary>An mj-class: values for the elements that bear it, and for tags inside those.</summary>
internal sealed class ClassData
{
    public List<GivenAttribute> Values { get; } = [];

    public Dictionary<string, List<GivenAttribute>> Inside { get; } = [];
}
