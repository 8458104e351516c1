using CrankMailer.Feedback.Reading;
using CrankMailer.Model;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Feedback.Handling;

/// <summary>Finds whose report it is: only by a signature of ours (R102). What a mail merely says about itself, anybody can write.</summary>
internal sealed class Subjects(CrankDb db, TokenRings rings)
{
    /// <summary>Null where no token of ours is in it, or what it names is gone.</summary>
    public async Task<Subject?> FindAsync(Report report, CancellationToken ct)
    {
        var ring = await rings.GetAsync(ct);
        foreach (var token in report.Traces)
        {
            if (Read(ring, token) is not { } subject) continue;
            if (await IsThereAsync(subject, ct)) return subject;
        }
        return null;
    }

    private static Subject? Read(TokenRing ring, string token)
    {
        if (ring.TryRead(token, TokenPurpose.Bounce, out var ids) || ring.TryRead(token, TokenPurpose.MessageId, out ids)) return new Subject.Delivery((int)ids.First, ids.Second);
        return ring.TryRead(token, TokenPurpose.SystemMail, out ids) ? new Subject.SystemMail(ids.First) : null;
    }

    private Task<bool> IsThereAsync(Subject subject, CancellationToken ct) => subject switch
    {
        Subject.Delivery delivery => db.Deliveries.AnyAsync(d => d.CampaignId == delivery.CampaignId && d.Id == delivery.Id, ct),
        Subject.SystemMail mail => db.OutboxMails.AnyAsync(m => m.Id == mail.Id, ct),
        _ => Task.FromResult(false),
    };
}
