using CrankMailer.Model;

namespace CrankMailer.Console.Shared;

/// <summary>
/// The problems of a posted form, cascaded to its fields: <c>&lt;CascadingValue Value="_problems"&gt;&lt;Field …/&gt;&lt;/CascadingValue&gt;</c>.
/// A problem's Item is the field's name.
/// </summary>
internal sealed class FieldProblems(IReadOnlyList<Problem> all)
{
    public static FieldProblems None { get; } = new([]);

    public IReadOnlyList<Problem> All { get; } = all;

    public bool Any => All.Count > 0;

    public Problem? Find(string field) =>
        All.Where(p => string.Equals(p.Item, field, StringComparison.OrdinalIgnoreCase)).OrderByDescending(p => p.Severity).FirstOrDefault();

    public static Problem Wrong(string field, string text) => new(Severity.Error, "", text, Item: field);
}
