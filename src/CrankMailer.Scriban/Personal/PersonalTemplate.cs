using System.Buffers;
using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Syntax;

namespace CrankMailer.Scriban.Personal;

/// <summary>
/// The compiled form of the second phase (design §4): paths, <c>??</c>, pipes to listed functions, and
/// <c>if / else if / else / end</c>. Everything else is an error with its place. It never changes, so many threads may
/// write from it at once.
/// </summary>
public sealed class PersonalTemplate
{
    private PersonalTemplate(
        IReadOnlyList<PersonalSegment> segments, IReadOnlyList<PersonalPathUse> paths, IReadOnlyList<ScribanProblem> errors, string name, int holeCount)
    {
        Segments = segments;
        PathUses = paths;
        Errors = errors;
        Name = name;
        HoleCount = holeCount;
    }

    public string Name { get; }

    /// <summary>What keeps the text from being sent; empty for a good one.</summary>
    public IReadOnlyList<ScribanProblem> Errors { get; }

    /// <summary>In order. Empty where there are errors.</summary>
    public IReadOnlyList<PersonalSegment> Segments { get; }

    /// <summary>Every path read, at every place.</summary>
    public IReadOnlyList<PersonalPathUse> PathUses { get; }

    public int HoleCount { get; }

    /// <summary>Never throws: what is wrong is in <see cref="Errors"/>.</summary>
    public static PersonalTemplate Compile(string text, PersonalSyntax syntax, string name = "<input>")
    {
        var source = new SourceText(name, syntax.Medium == PersonalMedium.Html ? HtmlCode.Decode(text) : text);
        var (body, problems) = Parser.Parse(source, ScribanLimits.Default.Nesting);
        if (problems.Count > 0) return new PersonalTemplate([], [], problems, name, 0);
        var compiler = new PersonalCompiler(syntax);
        var segments = compiler.Compile(body);
        return new PersonalTemplate(compiler.Problems.Count == 0 ? segments : [], compiler.Paths, compiler.Problems, name, compiler.HoleCount);
    }

    /// <summary>
    /// A problem for each path that no pattern knows (a name, or a name and <c>.*</c>), with the nearest known name. Such a path is
    /// an error at check time and empty at send time.
    /// </summary>
    public IReadOnlyList<ScribanProblem> UnknownPaths(IReadOnlyList<string> known) =>
        [.. PathUses.Where(u => !PersonalSyntax.Matches(known, u.Path)).Select(u => Unknown(u, known))];

    private ScribanProblem Unknown(PersonalPathUse use, IReadOnlyList<string> known)
    {
        var near = Spelling.Nearest(use.Path, known);
        var hint = near is null ? $"Known are {string.Join(", ", known)}." : $"Did you mean `{near}`?";
        return new ScribanProblem(Name, use.Line, use.Column, $"The name `{use.Path}` is not known. {hint}");
    }

    /// <summary>The whole text for one recipient, in UTF-8.</summary>
    public void Write(IPersonalValues values, IBufferWriter<byte> output) => Write(Segments, values, output);

    private static void Write(IReadOnlyList<PersonalSegment> segments, IPersonalValues values, IBufferWriter<byte> output)
    {
        // By index: an enumerator of a list behind an interface would be an allocation for each recipient.
        for (var i = 0; i < segments.Count; i++)
        {
            switch (segments[i])
            {
                case PersonalSegment.Literal literal: output.Write(literal.Utf8.Span); break;
                case PersonalSegment.Hole hole: hole.Write(values, output); break;
                case PersonalSegment.Branch branch: Write(branch.Condition.IsTrue(values) ? branch.Then : branch.Else, values, output); break;
            }
        }
    }
}
