using System.Text.Json;

namespace CrankMailer.Feedback.Reading;

/// <summary>Bounces and complaints as Amazon SES puts them into a notification: JSON, in a mail or in a webhook, itself or as the text of an SNS envelope.</summary>
internal static class SesNotificationReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    public static IReadOnlyList<Report> Read(Notice notice)
    {
        var part = Notice.Leaves(notice.Message.Root).FirstOrDefault(leaf => leaf.ContentType.IsText || leaf.ContentType.MediaType == "application/json");
        return part is null ? [] : Read(part.DecodeText());
    }

    /// <param name="text">Perhaps with words around it.</param>
    public static IReadOnlyList<Report> Read(string text)
    {
        var start = text.IndexOf('{', StringComparison.Ordinal);
        if (start < 0 || !text.Contains("otificationType", StringComparison.Ordinal) && !text.Contains("eventType", StringComparison.Ordinal)) return [];
        var end = text.LastIndexOf('}');
        if (end <= start) return [];
        // A mail folds long lines, in the middle of a string too.
        var json = text[start..(end + 1)].Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n ", "", StringComparison.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            // SNS puts the notification into a string of its own envelope.
            if (Text(document.RootElement, "Message") is not { } inner) return ReadOne(document.RootElement);
            using var unwrapped = JsonDocument.Parse(inner, Options);
            return ReadOne(unwrapped.RootElement);
        }
        catch (JsonException)
        {
            return []; // not the JSON it looked like; it is read as any other mail
        }
    }

    private static IReadOnlyList<Report> ReadOne(JsonElement root)
    {
        var mail = Member(root, "mail");
        var traces = Traces.Of(null, [Text(mail, "source"), .. Items(Member(mail, "headers")).Where(IsOurs).Select(header => Text(header, "value"))]);
        return (Text(root, "notificationType") ?? Text(root, "eventType"))?.ToLowerInvariant() switch
        {
            "bounce" => [.. Items(Member(Member(root, "bounce"), "bouncedRecipients")).Take(ReadingLimits.Reports).Select(one => Bounce(Member(root, "bounce"), one) with { Traces = traces })],
            "complaint" => [.. Items(Member(Member(root, "complaint"), "complainedRecipients")).Take(ReadingLimits.Reports).Select(one => Complaint(Member(root, "complaint"), one) with { Traces = traces })],
            "delivery" => [.. Items(Member(Member(root, "delivery"), "recipients")).Take(ReadingLimits.Reports).Select(one => Delivery(Member(root, "delivery"), one) with { Traces = traces })],
            _ => [],
        };
    }

    private static Report Bounce(JsonElement bounce, JsonElement one)
    {
        var recipient = MailAddresses.Find(Text(one, "emailAddress") ?? "");
        var action = Text(one, "action")?.ToLowerInvariant() == "delayed" ? ReportAction.Delayed : ReportAction.Failed;
        var diagnostic = Text(one, "diagnosticCode") ?? $"{Text(bounce, "bounceType")} {Text(bounce, "bounceSubType")}";
        return Diagnosis.Judge(recipient, action, MailStatus.Find(Text(one, "status")), diagnostic[(diagnostic.StartsWith("smtp;", StringComparison.OrdinalIgnoreCase) ? 5 : 0)..], Transcript.None);
    }

    private static Report Complaint(JsonElement complaint, JsonElement one) => new()
    {
        Kind = ReportKind.Complaint, Class = ReportClass.Complaint, Reaction = ReportReaction.SuppressComplaint, Recipient = MailAddresses.Find(Text(one, "emailAddress") ?? ""),
        Reason = Text(complaint, "complaintFeedbackType") ?? "abuse",
    };

    private static Report Delivery(JsonElement delivery, JsonElement one) => new()
    {
        Kind = ReportKind.Delivered, Class = ReportClass.Delivered, Reaction = ReportReaction.Ignore, Action = ReportAction.Delivered,
        Recipient = one.ValueKind == JsonValueKind.String ? MailAddresses.Find(one.GetString() ?? "") : null,
        Status = MailStatus.Find(Text(delivery, "smtpResponse")), Diagnostic = Diagnosis.Shorten(Text(delivery, "smtpResponse") ?? ""),
    };

    private static bool IsOurs(JsonElement header) => Text(header, "name")?.ToLowerInvariant() is "x-recipient" or "message-id" or "return-path";

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static IEnumerable<JsonElement> Items(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
