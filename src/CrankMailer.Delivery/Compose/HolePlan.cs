using CrankMailer.Mail.Compose;
using CrankMailer.Model;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Delivery.Compose;

/// <summary>
/// Numbers the holes and conditions of all texts of one mail, and turns compiled personal texts into the segments a message plan copies. Numbers below
/// <see cref="FirstOfTexts"/> are the header tokens.
/// </summary>
internal sealed class HolePlan
{
    public const int UnsubscribeToken = 0;
    public const int BounceToken = 1;
    public const int FirstOfTexts = 2;

    private readonly List<PersonalSegment.Hole> _holes = [];
    private readonly List<PersonalExpression> _conditions = [];

    public IReadOnlyList<PersonalSegment.Hole> Holes => _holes;

    public IReadOnlyList<PersonalExpression> Conditions => _conditions;

    /// <exception cref="ProblemException">The text does not compile; an approved edition was checked, so it was changed behind our back.</exception>
    public IReadOnlyList<PlanSegment> Add(string text, PersonalSyntax syntax, string name)
    {
        var template = PersonalTemplate.Compile(text, syntax, name);
        if (template.Errors.Count > 0)
            throw new ProblemException([.. template.Errors.Select(e => new Problem(Severity.Error, "personal", e.Text, e.Name, e.Line, e.Column))]);
        return Convert(template.Segments);
    }

    private List<PlanSegment> Convert(IReadOnlyList<PersonalSegment> segments)
    {
        var plan = new List<PlanSegment>(segments.Count);
        foreach (var segment in segments)
        {
            switch (segment)
            {
                case PersonalSegment.Literal literal:
                    plan.Add(new PlanSegment.Literal(literal.Utf8));
                    break;
                case PersonalSegment.Hole hole:
                    _holes.Add(hole);
                    plan.Add(new PlanSegment.Hole(FirstOfTexts + _holes.Count - 1));
                    break;
                case PersonalSegment.Branch branch:
                    _conditions.Add(branch.Condition);
                    plan.Add(new PlanSegment.Branch(_conditions.Count - 1, Convert(branch.Then), Convert(branch.Else)));
                    break;
            }
        }
        return plan;
    }
}
