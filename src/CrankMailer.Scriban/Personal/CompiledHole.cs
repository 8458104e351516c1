namespace CrankMailer.Scriban.Personal;

/// <summary>A hole's expression and what its last pipe asks of the escaping. Make gives the final form once its context is known.</summary>
internal sealed record CompiledHole(Func<PersonalContext, PersonalNode> Make, bool IsSafeUrl, bool IsRaw, bool BreaksLines, PersonalSyntax Syntax)
{
    public PersonalExpression Finish(PersonalContext context) => new(Make(context), BreaksLines, Syntax.Culture);
}
