using CrankMailer.Model;
using CrankMailer.Model.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Authoring.Workflow;

/// <summary>Test mails: rows of <see cref="OutboxMail"/> that Delivery drains ahead of bulk (design §2).</summary>
public sealed class TestSend(CrankDb db, TimeProvider clock, ILogger<TestSend> log)
{
    private const int Most = 20;

    /// <param name="mail">What to send, with nothing personal left open.</param>
    /// <param name="addresses">Typed by the editor: parted by commas, semicolons, blanks or lines.</param>
    /// <param name="capture">This process catches its mail.</param>
    /// <returns>How many were queued, or what is wrong with the addresses.</returns>
    public async Task<(int Queued, IReadOnlyList<Problem> Problems)> QueueAsync(TestMail mail, string? addresses, bool capture, int? userId, CancellationToken ct)
    {
        var (found, problems) = Read(addresses);
        if (problems.Count > 0) return (0, problems);
        var now = clock.Instant();
        foreach (var address in found)
        {
            db.OutboxMails.Add(new OutboxMail
            {
                Kind = "test", PublicationId = mail.PublicationId, ToAddress = address, Subject = $"[Test] {mail.Subject}", Html = mail.Html, Text = mail.Text,
                State = OutboxState.Queued, CreatedAt = now, StateAt = now, Capture = capture,
            });
        }
        db.Add(Audit.Entry(clock, userId, "issue.test_sent", mail.IssueId, $"revision {mail.Revision}, {found.Count} addresses"));
        await db.SaveChangesAsync(ct);
        log.TestQueued(found.Count, mail.IssueId);
        return (found.Count, []);
    }

    private static (IReadOnlyList<string> Found, IReadOnlyList<Problem> Problems) Read(string? addresses)
    {
        var found = new List<string>();
        foreach (var text in (addresses ?? "").Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!EmailAddress.TryParse(text, out var address, out _))
                return ([], [new Problem(Severity.Error, "address", $"\"{text}\" is no e-mail address.", Item: "addresses")]);
            found.Add(address.Address);
        }
        if (found.Count == 0) return ([], [new Problem(Severity.Error, "address", "Write at least one e-mail address.", Item: "addresses")]);
        if (found.Count > Most) return ([], [new Problem(Severity.Error, "address", $"A test goes to {Most} addresses at most; for more people make a list.", Item: "addresses")]);
        return (found, []);
    }
}

/// <summary>One revision as a mail, with nothing personal left open.</summary>
public sealed record TestMail(int PublicationId, int IssueId, int Revision, string Subject, string Html, string Text);
