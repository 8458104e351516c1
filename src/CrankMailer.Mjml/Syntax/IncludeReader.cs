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

    public IReadOnlyList<MjmlElement> Head => head;

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

        head.Add(style);
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
        head.AddRange(reader.IncludedHead);
        if (root is null)
        {
            return [];
        }

        if (fragment)
        {
            return root.Children;
        }

        var ownHead = root.Children.Find(c => c.Tag == "mj-head")?.Children ?? [];
        if (parent is { Tag: "mj-head" })
        {
            return ownHead;
        }

        head.AddRange(ownHead);
        return root.Children.Find(c => c.Tag == "mj-body")?.Children ?? [];
    }

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
