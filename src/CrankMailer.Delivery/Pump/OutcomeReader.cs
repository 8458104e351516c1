using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Rules;
using CrankMailer.Mail.Smtp;
using CrankMailer.Model;
using CrankMailer.Model.Ledger;

namespace CrankMailer.Delivery.Pump;

/// <summary>From an SMTP outcome to the verdict on its delivery and to what is kept of the attempt.</summary>
internal sealed class OutcomeReader(RetrySchedule retry, TimeProvider clock)
{
    /// <summary>R92 keeps whole replies; a hostile server may send megabytes.</summary>
    private const int MostReply = 4_000;

    private readonly ReplyRules _rules = ReplyRules.Default;

    /// <param name="attempts">SMTP transactions before this one.</param>
    public OutcomeRead Read(SmtpOutcome outcome, string provider, int attempts, RelayLane lane)
    {
        var rule = outcome is SmtpOutcome.Refused ? _rules.Find(provider, outcome) : null;
        var verdict = VerdictOf(outcome, rule, attempts + 1);
        return new OutcomeRead(verdict, Facts(outcome, rule, lane), rule?.Class);
    }

    private Verdict VerdictOf(SmtpOutcome outcome, ReplyVerdict? rule, int attempts) => outcome switch
    {
        SmtpOutcome.Accepted => new Verdict.Accepted(),
        SmtpOutcome.Unknown => new Verdict.Unknown(),
        SmtpOutcome.NotSent { Failure: SmtpFailure.TooLarge, Text: var text } => new Verdict.Misconfigured(text),
        // R72: not deliverable over this relay, the address is not to blame.
        SmtpOutcome.NotSent { Failure: SmtpFailure.SmtpUtf8NotOffered } => new Verdict.Bounced(BounceClass.Config),
        SmtpOutcome.NotSent => Later(attempts, BounceClass.Soft),
        SmtpOutcome.Refused { Reply: var reply } => (rule?.Effect ?? (reply.IsTransient ? ReplyEffect.Retry : ReplyEffect.Soft)) switch
        {
            ReplyEffect.Accepted => new Verdict.Accepted(),
            ReplyEffect.Hard => new Verdict.Bounced(BounceClass.Hard),
            ReplyEffect.Soft => new Verdict.Bounced(BounceClass.Soft),
            ReplyEffect.Block => new Verdict.Bounced(BounceClass.Block),
            ReplyEffect.Config => new Verdict.Misconfigured($"{reply.Code} {reply.Text}"),
            _ => Later(attempts, BounceClass.Soft, rule?.RetryAfter),
        },
        _ => throw new InvalidOperationException($"No such outcome: {outcome.GetType().Name}."),
    };

    private Verdict Later(int attempts, BounceClass kind, TimeSpan? asked = null) =>
        retry.After(attempts, asked) is { } wait ? new Verdict.Deferred(clock.Instant() + wait, kind) : new Verdict.Bounced(kind);

    /// <summary>At a whole character, and without what no database takes: half a character, NUL.</summary>
    internal static string? Cut(string? text)
    {
        if (text is null) return null;
        var cut = text.Length <= MostReply ? text : text[..(char.IsHighSurrogate(text[MostReply - 1]) ? MostReply - 1 : MostReply)];
        return cut.Any(c => c == '\0' || char.IsSurrogate(c)) ? string.Concat(cut.Replace('\0', ' ').EnumerateRunes()) : cut;
    }

    private static AttemptFacts Facts(SmtpOutcome outcome, ReplyVerdict? rule, RelayLane lane)
    {
        var reply = outcome switch
        {
            SmtpOutcome.Accepted accepted => accepted.Reply,
            SmtpOutcome.Refused refused => refused.Reply,
            _ => null,
        };
        var text = outcome switch
        {
            SmtpOutcome.NotSent notSent => notSent.Text,
            SmtpOutcome.Unknown unknown => unknown.Text,
            _ => reply?.ToString(),
        };
        var tls = outcome.Session.TlsVersion is { } version ? $"{version} {outcome.Session.CipherSuite}".TrimEnd() : null;
        var phase = outcome.Phase == SmtpPhase.Dot ? "final-dot" : outcome.Phase.ToString().ToLowerInvariant();
        return new AttemptFacts(
            phase, reply?.Code, reply?.EnhancedCode, Cut(text), rule?.Class.Name,
            $"{lane.Row.Name} {outcome.Session.Remote}".TrimEnd(), tls);
    }
}

/// <param name="Class">By the rules file; null where no reply came.</param>
internal sealed record OutcomeRead(Verdict Verdict, AttemptFacts Facts, ReplyClass? Class);
