using System.Text.Json.Serialization;
using CrankMailer.Feedback;
using CrankMailer.Feedback.Reading;
using CrankMailer.Model.Ledger;

namespace CrankMailer.Commands;

/// <summary>One report as <c>bounce --json</c> prints it: always all fields of design §7, null where a mail does not say it.</summary>
internal record BounceLine(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string File,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Recipient,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Action,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string Class,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string React,
    bool Suppress,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Diagnostic)
{
    public static BounceLine Of(string file, Feedback.Reading.Report report) => new(
        file, Word(report.Kind), report.Recipient, report.Action?.ToString().ToLowerInvariant(), report.Status, Word(report.Class), Word(report.Reaction),
        report.Reaction is ReportReaction.Suppress or ReportReaction.SuppressComplaint, report.Reason, report.Diagnostic);

    private static string Word(ReportKind kind) => kind.ToString().ToLowerInvariant();

    private static string Word(ReportClass @class) => @class.ToString().ToLowerInvariant();

    private static string Word(ReportReaction reaction) => reaction switch
    {
        ReportReaction.Suppress => "suppress",
        ReportReaction.CountSoft => "count_soft",
        ReportReaction.BlockNotAddress => "block_not_address",
        ReportReaction.SuppressComplaint => "suppress_complaint",
        ReportReaction.AlertOnly => "alert_only",
        _ => "ignore",
    };
}

/// <summary>The same with what followed, where it was recorded.</summary>
/// <param name="Outcome">Null where the report was not kept.</param>
internal sealed record RecordedLine(BounceLine Line, int? Campaign, long? Delivery, FeedbackOutcome? Outcome, bool SeenBefore) : BounceLine(Line)
{
    [JsonIgnore] public BounceLine Line { get; } = Line;

    public static RecordedLine Of(string file, HandledReport handled) =>
        new(Of(file, handled.Report), handled.CampaignId, handled.DeliveryId, handled.Outcome, handled.SeenBefore);
}
