using System.Text.RegularExpressions;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Recognises what belongs to the publication and its mailing system, not to the issue, and remembers what it says.</summary>
internal sealed partial class FurnitureReader(DraftReport report)
{
    private readonly List<string> address = [];
    private readonly List<SocialLink> social = [];
    private bool inAddress;

    [GeneratedRegex(@"^(?:copyright\b|©|\(c\)\s*(?:19|20)\d\d)|\ball rights reserved\b", RegexOptions.IgnoreCase)]
    private static partial Regex CopyrightLine { get; }

    [GeneratedRegex(@"^our (?:mailing|postal) address(?:\s+is)?\s*:?\s*$|^(?:mailing|postal) address\s*:?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex AddressHeading { get; }

    [GeneratedRegex(@"^(?:(?:follow|find)\s+us\s+on\s+)?(?<name>twitter|x|linkedin|youtube|facebook|instagram|mastodon|bluesky|threads|telegram|tiktok|medium|website|e-?mail|podcast|spotify|rss)(?:\s+(?:icon|link))?$", RegexOptions.IgnoreCase)]
    private static partial Regex SocialName { get; }

    [GeneratedRegex(@"^(?:\*\s*indicates required|(?:e-?mail address|first name|last name)\s*\*?|subscribe(?:\s+(?:now|to\s+(?:our|the|this)\s+.{0,40}))?|sign\s+up(?:\s.{0,40})?|past issues|translate|forward(?:\s+(?:to\s+a\s+friend|this\s+e-?mail))?|share(?:\s+this\s.{0,20})?|tweet|like|pin|copy link)$", RegexOptions.IgnoreCase)]
    private static partial Regex FormWords { get; }

    [GeneratedRegex(@"^(?:view|read|open|see)\s+(?:this|it|the)?\s*(?:e-?mail|newsletter|issue|message|online)?\s*(?:in|on|online)\b.{0,40}(?:browser|web|online)|^view\s+online\b|^(?:having\s+)?trouble\s+(?:viewing|reading)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ViewOnline { get; }

    [GeneratedRegex(@"^add\s+us\s+to\s+your\s+(?:address\s+book|contacts)|^want\s+to\s+change\s+how\s+you|^you\s+can\s+(?:update|manage|change)\s+your\s+(?:preferences|subscription)|^(?:update|manage)\s+(?:your\s+|my\s+)?(?:preferences|subscription)|^(?:click\s+here\s+to\s+)?unsubscribe\b|^(?:this|the)\s+e-?mail\s+was\s+sent\s+(?:to|by)|^why\s+did\s+(?:i|you)\s+get\s+this|^you(?:\s+are|[’']re)\s+(?:receiving|getting)\s+this|^you\s+(?:received|were\s+sent)\s+this|^powered\s+by\b|^sent\s+(?:by|to)\b|^if\s+you\s+(?:no\s+longer|would\s+(?:like|prefer)|do\s+not|don[’']t)\s.{0,60}(?:receive|emails?|unsubscribe)|^(?:to|no\s+longer\s+want\s+to)\s.{0,60}\bunsubscribe\b|^privacy\s+policy$|^terms\s+of\s+(?:use|service)$|^\*?\|.*\|\*?$", RegexOptions.IgnoreCase)]
    private static partial Regex MailingSystem { get; }

    [GeneratedRegex(@"\b(?:19|20)\d\d\b")]
    private static partial Regex Year { get; }

    /// <summary>The copyright line as it stands in the draft.</summary>
    public string? Copyright { get; private set; }

    public string? Name { get; private set; }

    /// <summary>True when the line is furniture; it is then in the report.</summary>
    public bool Take(DraftLine line)
    {
        if (line.Kind is DraftLineKind.Block or DraftLineKind.Picture || line.Original.Length > 300) return false;
        var text = DraftText.Spaced(line.Original);
        if (FindKind(text, line) is { } kind)
        {
            inAddress = kind == "postal address";
            report.Dropped(line, kind);
            return true;
        }
        if (!inAddress) return false;
        if (SectionNames.FindKind(text) is not null || line.Kind == DraftLineKind.Heading) return inAddress = false;
        address.Add(line.Plain);
        report.Dropped(line, "postal address");
        return true;
    }

    /// <summary>What stands below the masthead and is none of the known lines.</summary>
    public void TakeFooter(DraftLine line) => report.Dropped(line, "below the masthead");

    /// <summary>The publication's own name on a line of its own.</summary>
    public void TakeName(DraftLine line)
    {
        Name ??= line.Plain;
        report.Dropped(line, "name of the publication");
    }

    /// <summary>What the draft says about its publication; null when nothing.</summary>
    public Publication? Found(string? name)
    {
        if (Copyright is null && address.Count == 0 && social.Count == 0 && (Name ?? name) is null) return null;
        return new Publication
        {
            Name = Name ?? name ?? "", Copyright = Copyright is null ? null : Year.Replace(Copyright, "{year}", 1),
            Organisation = new Organisation { PostalAddress = [.. address] }, Social = [.. social],
        };
    }

    private string? FindKind(string text, DraftLine line)
    {
        if (CopyrightLine.IsMatch(text))
        {
            Copyright ??= line.Plain;
            return "copyright";
        }
        if (AddressHeading.IsMatch(text)) return "postal address";
        if (SocialName.Match(text) is { Success: true } network)
        {
            social.Add(new SocialLink { Network = network.Groups["name"].Value.ToLowerInvariant(), Url = FindUrl(line.Markdown), Label = network.Groups["name"].Value });
            return "social link";
        }
        return FormWords.IsMatch(text) ? "sign-up form" : ViewOnline.IsMatch(text) ? "view online" : MailingSystem.IsMatch(text) ? "mailing system" : null;
    }

    private static string FindUrl(string markdown) =>
        markdown.IndexOf('[') is >= 0 and var at && CrankMailer.Authoring.Markdown.Link.TryRead(markdown, markdown, at)?.Url is { } url ? url : "";
}
