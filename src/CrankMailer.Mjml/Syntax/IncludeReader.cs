using CrankMailer.Mjml.Head;
using CrankMailer.Mjml.Components;

namespace CrankMailer.Mjml.Syntax;

/// <summary>mj-include: brings in MJML, HTML or CSS from the files the caller gave.</summary>
internal sealed class IncludeReader(MjmlOptions options, List<MjmlProblem> problems, IncludeBudget budget)
{
    public const string Tag = "mj-include";

    // A file that includes itself would never end.
    private const int DeepestInclude = 20;

    private readonly List<MjmlElement> head = [];
    private readonly List<MjmlElement> styles = [];

    /// <summary>What the included files say for the head: first the MJML files, then the style sheets, which may so overrule them.</summary>
    public IReadOnlyList<MjmlElement> Head => [.. head, .. styles];

    /// <summary>The elements that stand for the include in its parent.</summary>
    /// <param name="depth">Elements that are open around the include.</param>
    public IReadOnlyList<MjmlElement> Read(MjmlElement include, MjmlElement? parent, int depth)
    {
        var path = include.FindGiven("path");
        if (options.Files is null)
        {
            // mjml 5 passes over includes unless told otherwise: not an error, but hardly what was meant.
            problems.Add(include.Source.Problem(include.Offset, Tag, $"{path} is not included: no folder for includes was given", MjmlSeverity.Warning));
            return [];
        }

        if (string.IsNullOrEmpty(path))
        {
            return Refuse(include, "mj-include needs a path");
        }

        if (Depth(include.Source) >= DeepestInclude)
        {
            return Refuse(include, $"{path} is not included: includes are nested deeper than {DeepestInclude}; does a file include itself?");
        }

        var from = include.Source.IncludedBy is null ? null : include.Source.Name;
        if (options.Files.Find(path, from) is not { } file)
        {
            return Refuse(include, $"{path} was not found in the folder of includes");
        }

        if (!budget.Take(file.Text.Length))
        {
            return Refuse(include, $"{path} is not included: the document includes too much already");
        }

        var source = new SourceFile(file.Name, file.Text, include.Source);
        return include.FindGiven("type") switch
        {
            "html" => [Whole(source, "mj-raw")],
            "css" => Style(source, include.FindGiven("css-inline") == "inline"),
            _ => Document(source, parent, depth),
        };
    }

    private IReadOnlyList<MjmlElement> Style(SourceFile source, bool inline)
    {
        var style = Whole(source, "mj-style");
        if (inline)
        {
            style.Give(new GivenAttribute("inline", "inline", MjStyle.Inline));
        }

        styles.Add(style);
        return [];
    }

    private MjmlElement Whole(SourceFile source, string tag) => new(tag, options.Components.Find(tag), source, 0)
    {
        ContentStart = 0,
        ContentLength = source.Text.Length,
    };

    // A whole document gives its body here and its head to ours; a fragment stands here as it is.
    private IReadOnlyList<MjmlElement> Document(SourceFile source, MjmlElement? parent, int depth)
    {
        var fragment = !source.Text.Contains("<mjml", StringComparison.OrdinalIgnoreCase);
        var reader = new MjmlReader(options, problems, budget, depth);
        var root = fragment ? reader.ReadFragment(source) : reader.Read(source);
        List<MjmlElement> itsHead = [.. fragment ? [] : Part(root, "mj-head"), .. reader.IncludedHead];
        if (!fragment && parent is { Tag: "mj-head" })
        {
            return itsHead;
        }

        head.AddRange(itsHead);
        return fragment ? root?.Children ?? [] : Part(root, "mj-body");
    }

    private static List<MjmlElement> Part(MjmlElement? root, string tag) => root?.Children.Find(c => c.Tag == tag)?.Children ?? [];

    private static int Depth(SourceFile source)
    {
        var depth = 0;
        for (var file = source.IncludedBy; file is not null; file = file.IncludedBy)
        {
            depth++;
        }

        return depth;
    }

    private IReadOnlyList<MjmlElement> Refuse(MjmlElement include, string message)
    {
        problems.Add(include.Source.Problem(include.Offset, Tag, message));
        return [];
    }
}
