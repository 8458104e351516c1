using System.Text;
using CrankMailer.Scriban.Syntax;

namespace CrankMailer.Scriban.Personal;

/// <summary>Turns a parsed text into segments and refuses what the personal phase does not have.</summary>
internal sealed class PersonalCompiler(PersonalSyntax syntax)
{
    private readonly HtmlTracker html = new();
    private readonly List<ScribanProblem> problems = [];
    private readonly PersonalExpressionCompiler expressions = new(syntax);

    public IReadOnlyList<ScribanProblem> Problems => [.. problems.Concat(expressions.Problems).OrderBy(p => p.Line).ThenBy(p => p.Column)];

    public IReadOnlyList<PersonalPathUse> Paths => expressions.Paths;

    public int HoleCount { get; private set; }

    public IReadOnlyList<PersonalSegment> Compile(BlockStatement block)
    {
        var segments = new List<PersonalSegment>();
        var literal = new StringBuilder();
        foreach (var statement in Flatten(block))
        {
            if (statement is RawStatement raw)
            {
                literal.Append(raw.Raw.Text);
                if (syntax.Medium == PersonalMedium.Html) html.Pass(raw.Raw.Text);
                continue;
            }
            AddLiteral(segments, literal);
            if (statement is ExpressionStatement hole) AddHole(segments, hole);
            else if (statement is IfStatement choice) segments.Add(CompileBranch(choice));
            else problems.Add(statement.Span.Problem($"`{FirstWord(statement)}` cannot be used here. Personal text has names, ??, pipes, and if / else if / else / end"));
        }
        AddLiteral(segments, literal);
        return [.. segments];
    }

    private static IEnumerable<Statement> Flatten(BlockStatement block) =>
        block.Statements.SelectMany(s => s is BlockStatement inner ? Flatten(inner) : [s]);

    private static string FirstWord(Statement statement) => statement.Span.Text.Split([' ', '\n', '\r', '\t', ';', '(', '}'], 2)[0];

    private static void AddLiteral(List<PersonalSegment> segments, StringBuilder literal)
    {
        if (literal.Length == 0) return;
        segments.Add(new PersonalSegment.Literal(Encoding.UTF8.GetBytes(literal.ToString())));
        literal.Clear();
    }

    private void AddHole(List<PersonalSegment> segments, ExpressionStatement statement)
    {
        if (expressions.CompileHole(statement.Expression) is not { } hole) return;
        if (ContextOf(hole, statement.Span) is not { } context) return;
        segments.Add(new PersonalSegment.Hole(HoleCount++, context, hole.Finish(context)));
        html.PassHole(context);
    }

    private PersonalContext? ContextOf(CompiledHole hole, SourceSpan span)
    {
        if (syntax.Medium == PersonalMedium.Text) return PersonalContext.Text;
        if (syntax.Medium == PersonalMedium.Header) return PersonalContext.Header;
        var place = html.Place;
        if (place.Refusal is { } refusal) return Refuse(span, refusal);
        if (place.IsUrl) return ContextInUrl(hole, place, span);
        if (hole.IsRaw) return place.State == HtmlState.Text ? PersonalContext.HtmlRaw : Refuse(span, "html.raw can stand between tags only");
        if (hole.BreaksLines && place.State != HtmlState.Text) return Refuse(span, "html.newline_to_br writes tags and can stand between tags only");
        return place.State == HtmlState.Text ? PersonalContext.HtmlText : PersonalContext.HtmlAttribute;
    }

    private PersonalContext? ContextInUrl(CompiledHole hole, HtmlPlace place, SourceSpan span)
    {
        if (hole.IsRaw || hole.BreaksLines) return Refuse(span, "A value in a URL can neither be html.raw nor have line breaks");
        if (place.Value.Length == 0 && hole.IsSafeUrl) return PersonalContext.WholeUrl;
        return UrlPlace.Refusal(place.Value, syntax.UrlHosts) is { } refusal ? Refuse(span, refusal) : PersonalContext.UrlPart;
    }

    private PersonalContext? Refuse(SourceSpan span, string text)
    {
        problems.Add(span.Problem(text));
        return null;
    }

    private PersonalSegment.Branch CompileBranch(IfStatement choice)
    {
        var condition = expressions.CompileCondition(choice.Condition);
        var before = html.Place;
        var then = Compile(choice.Then);
        var after = html.Place;
        html.Place = before;
        IReadOnlyList<PersonalSegment> otherwise = choice.Else switch
        {
            IfStatement next => [CompileBranch(next)],
            BlockStatement block => Compile(block),
            _ => [],
        };
        if (!EndAlike(html.Place, after))
            problems.Add(choice.Span.Problem("Both ways of this `if` must end at the same place of the HTML: outside of tags, or inside the same quoted value"));
        return new PersonalSegment.Branch(condition, then, otherwise);
    }

    /// <summary>What follows must need the same escaping whichever way was taken; of a URL only what its beginning allows must be the same.</summary>
    private bool EndAlike(HtmlPlace one, HtmlPlace other)
    {
        if (one with { Value = "" } != other with { Value = "" }) return false;
        return !one.IsUrl || (UrlPlace.Refusal(one.Value, syntax.UrlHosts) is null) == (UrlPlace.Refusal(other.Value, syntax.UrlHosts) is null);
    }
}
