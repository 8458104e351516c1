using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Delivery.Relays;

/// <summary>Keeps of each relay the last conversation that did not end well, so that the operator can read it. Written now and then, not with every refusal: a
/// newsletter may bring thousands.</summary>
public sealed partial class RelayTalks
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<int, RelayTalk> _last = new();
    private readonly LedgerStore _ledger;
    private readonly SendingMode _mode;
    private readonly TimeProvider _clock;
    private DateTimeOffset _written;

    internal RelayTalks(LedgerStore ledger, SendingMode mode, TimeProvider clock) => (_ledger, _mode, _clock) = (ledger, mode, clock);

    /// <summary>Notes how a conversation went; one that ended well is not worth it.</summary>
    public void Note(int relayId, SmtpOutcome outcome)
    {
        if (outcome is SmtpOutcome.Accepted || outcome.Transcript.Count == 0) return;
        _last[relayId] = new RelayTalk
        {
            RelayId = relayId, At = _clock.Instant(), Node = _mode.Node, Outcome = WithoutPeople(WordsOf(outcome)), Lines = WithoutPeople(string.Join('\n', outcome.Transcript)),
        };
    }

    /// <summary>Writes what is new.</summary>
    /// <param name="now">False: at most every few seconds.</param>
    public async Task WriteAsync(bool now, CancellationToken ct)
    {
        if (_last.IsEmpty || (!now && _clock.GetUtcNow() - _written < Every)) return;
        _written = _clock.GetUtcNow();
        foreach (var (id, talk) in _last)
        {
            await _ledger.WriteAsync(sql => PutAsync(sql.Db, talk, ct), ct);
            _last.TryRemove(new KeyValuePair<int, RelayTalk>(id, talk)); // not one that came meanwhile
        }
    }

    private static async Task<bool> PutAsync(CrankDb db, RelayTalk talk, CancellationToken ct)
    {
        var changed = await db.RelayTalks.Where(t => t.RelayId == talk.RelayId).ExecuteUpdateAsync(
            s => s.SetProperty(t => t.At, talk.At).SetProperty(t => t.Node, talk.Node).SetProperty(t => t.Outcome, talk.Outcome).SetProperty(t => t.Lines, talk.Lines), ct);
        if (changed > 0 || !await db.Relays.AnyAsync(r => r.Id == talk.RelayId, ct)) return changed > 0;
        db.RelayTalks.Add(talk);
        await db.SaveChangesAsync(ct);
        return true;
    }

    private static string WordsOf(SmtpOutcome outcome) => outcome switch
    {
        SmtpOutcome.Refused { Reply: var reply } => $"Refused at {outcome.Phase.ToString().ToUpperInvariant()}: {reply.Code} {reply.EnhancedCode} {reply.Text}",
        SmtpOutcome.NotSent { Text: var text } => text,
        SmtpOutcome.Unknown { Text: var text } => $"No answer to the final dot: {text}",
        _ => "",
    };

    /// <summary>The relay is what is looked at, and this outlives what is erased: the domain says enough. The tokens of envelope senders lead to people, too.</summary>
    private static string WithoutPeople(string text) => LocalPart().Replace(text, "…@");

    [GeneratedRegex("""(?:"[^"\r\n]*"|[^\s<>"@,;:()\[\]]+)@""")]
    private static partial Regex LocalPart();
}
