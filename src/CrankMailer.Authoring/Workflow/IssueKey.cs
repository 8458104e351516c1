using System.Globalization;
using CrankMailer.Model;

namespace CrankMailer.Authoring.Workflow;

/// <summary>Where a page of the issues list ended.</summary>
public sealed record IssueKey(DateTimeOffset UpdatedAt, int Id)
{
    public static IssueKey Of(IssueLine line) => new(line.UpdatedAt, line.Id);

    public static IssueKey? Find(string? text) =>
        text?.Split('-') is [var at, var id] && long.TryParse(at, CultureInfo.InvariantCulture, out var micros) && int.TryParse(id, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(micros) < 100_000_000_000_000_000 // some 3,000 years: what a DateTimeOffset can hold
            ? new IssueKey(Instants.FromMicroseconds(micros), number)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Instants.ToMicroseconds(UpdatedAt)}-{Id}");
}
