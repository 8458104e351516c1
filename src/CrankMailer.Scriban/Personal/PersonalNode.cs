using System.Globalization;
using CrankMailer.Scriban.Builtins;
using CrankMailer.Scriban.Evaluation;
using CrankMailer.Scriban.Values;

namespace CrankMailer.Scriban.Personal;

/// <summary>The closed set of expressions of the personal phase.</summary>
internal abstract record PersonalNode
{
    private PersonalNode() { }

    public abstract PersonalValue Evaluate(IPersonalValues values);

    public sealed record Constant(PersonalValue Value) : PersonalNode
    {
        public override PersonalValue Evaluate(IPersonalValues values) => Value;
    }

    public sealed record Path(string Name) : PersonalNode
    {
        public override PersonalValue Evaluate(IPersonalValues values) => values.Find(Name);
    }

    public sealed record Coalesce(PersonalNode Left, PersonalNode Right) : PersonalNode
    {
        public override PersonalValue Evaluate(IPersonalValues values)
        {
            var left = Left.Evaluate(values);
            return left.Kind == PersonalKind.None ? Right.Evaluate(values) : left;
        }
    }

    public sealed record Not(PersonalNode Operand) : PersonalNode
    {
        public override PersonalValue Evaluate(IPersonalValues values) => PersonalValue.Of(!Operand.Evaluate(values).IsTrue);
    }

    public sealed record And(PersonalNode Left, PersonalNode Right) : PersonalNode
    {
        public override PersonalValue Evaluate(IPersonalValues values) =>
            PersonalValue.Of(Left.Evaluate(values).IsTrue && Right.Evaluate(values).IsTrue);
    }

    public sealed record Or(PersonalNode Left, PersonalNode Right) : PersonalNode
    {
        public override PersonalValue Evaluate(IPersonalValues values) =>
            PersonalValue.Of(Left.Evaluate(values).IsTrue || Right.Evaluate(values).IsTrue);
    }

    public sealed record IsEqual(PersonalNode Left, PersonalNode Right, bool Wanted) : PersonalNode
    {
        public override PersonalValue Evaluate(IPersonalValues values) =>
            PersonalValue.Of(AreEqual(Left.Evaluate(values), Right.Evaluate(values)) == Wanted);

        private static bool AreEqual(PersonalValue left, PersonalValue right) => (left.Kind, right.Kind) switch
        {
            (PersonalKind.None, PersonalKind.None) => true,
            (PersonalKind.None, _) or (_, PersonalKind.None) => false,
            (PersonalKind.Text, PersonalKind.Text) => left.TextOrNull == right.TextOrNull,
            (PersonalKind.Truth, PersonalKind.Truth) => left.IsTrue == right.IsTrue,
            (PersonalKind.Instant, PersonalKind.Instant) => left.Instant == right.Instant,
            // As in the full language: beside a text everything is its text.
            _ => string.Equals(Plain(left), Plain(right), StringComparison.Ordinal),
        };

        private static string? Plain(PersonalValue value) =>
            value.Kind == PersonalKind.Truth ? value.IsTrue ? "true" : "false" : Convert.ToString(value.ToObject(), CultureInfo.InvariantCulture);
    }

    /// <summary>A pipe into a built-in: the only node that runs the full engine, with a value that is at hand.</summary>
    public sealed record Pipe(PersonalNode From, ScriptFunction Function, CallSite Site, PersonalNode[] Arguments, ScribanOptions Options) : PersonalNode
    {
        public override PersonalValue Evaluate(IPersonalValues values)
        {
            var arguments = new List<ArgumentValue>(Arguments.Length + 1) { Argument(From.Evaluate(values)) };
            foreach (var argument in Arguments) arguments.Add(Argument(argument.Evaluate(values)));
            var evaluator = new Evaluator(Options, new ScriptObject(), new CaptureSink(false), tracksOrigin: false, CancellationToken.None);
            try
            {
                return PersonalValue.From(evaluator.Invoke(Function, Site, arguments));
            }
            catch (ScribanException)
            {
                // design §4: at send time what cannot be said is empty; one recipient's odd value stops nobody's mail.
                return PersonalValue.None;
            }
        }

        private ArgumentValue Argument(PersonalValue value) => new(null, HostValues.Import(value.ToObject()), Site.Span);
    }

    internal static class Dates
    {
        /// <summary>As the full language prints a date by default.</summary>
        public static string Format(DateTimeOffset instant, CultureInfo culture) =>
            DateFormat.Format(instant.DateTime, DateFunctions.DefaultFormat, culture, new Budget(ScribanLimits.Default, CancellationToken.None), default);
    }
}
