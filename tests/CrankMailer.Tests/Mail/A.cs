using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Tests.Mail;

/// <summary>Builders with good defaults.</summary>
internal static class A
{
    public static readonly DateTimeOffset Day = new(2026, 3, 5, 6, 0, 0, TimeSpan.Zero);

    public static MessageStamp Stamp(string? name = "Ann", string address = "ann@example.net") =>
        new(Mailbox.Create(name, address), MessageId.Create("7.42.abc", "example.org"), Day);

    public static MessagePlanBuilder Builder(IReadOnlyList<PlanSegment>? subject = null, IReadOnlyList<PlanSegment>? text = null, IReadOnlyList<PlanSegment>? html = null) => new()
    {
        From = Mailbox.Create("Harbor Brief", "news@example.org"),
        Subject = subject ?? [PlanSegment.Text("Ports and cables")],
        Text = text ?? [PlanSegment.Text("Hello.\n")],
        Html = html,
    };

    /// <summary>Holes: 0 name, 1 token, 2 link.</summary>
    public static MessagePlan CampaignPlan() => Builder(
            [PlanSegment.Text("Häfen für "), PlanSegment.Value(0), PlanSegment.Text(" — und eine ziemlich lange Betreffzeile, die gefaltet werden muss, weil sie lang ist")],
            [PlanSegment.Text("Hallo "), PlanSegment.Value(0), PlanSegment.Text(",\n.ein Punkt\n..zwei\n\nAbmelden: https://example.org/u/"), PlanSegment.Value(1), PlanSegment.Text("\n"), PlanSegment.Value(2)],
            [
                PlanSegment.Text("<!doctype html><html lang=\"de\"><head><title>Häfen</title></head><body>\n  <h1>Hallo "), PlanSegment.Value(0),
                new PlanSegment.Branch(0, [PlanSegment.Text("!")], [PlanSegment.Text("?")]),
                PlanSegment.Text($"</h1>\n\t<p>{string.Concat(Enumerable.Repeat("Ä lot of  wörds. ", 300))}</p> \n<a href=\"https://example.org/u/"), PlanSegment.Value(1), PlanSegment.Text("\">Abmelden</a></body></html>"),
            ])
        .ListId("Hafenbrief, \"täglich\"", "weekly.example.org")
        .Header("List-Unsubscribe", [PlanSegment.Text("<https://example.org/u/"), PlanSegment.Value(1), PlanSegment.Text(">, <mailto:unsub+"), PlanSegment.Value(1), PlanSegment.Text("@example.org>")])
        .Header("List-Unsubscribe-Post", HeaderValue.Create("List-Unsubscribe=One-Click"))
        .Header("Feedback-ID", HeaderValue.Create("c7:weekly:harbor:crankmail"))
        .Header("Precedence", HeaderValue.Create("bulk"))
        .Inline("logo@example.org", "image/png", new byte[300])
        .Attach("Übersicht der Häfen mit einem sehr langen Namen, der gefaltet wird.pdf", "application/pdf", new byte[1000])
        .Build();
}
