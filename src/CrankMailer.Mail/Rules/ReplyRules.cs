using System.Globalization;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Mail.Rules;

/// <summary>Reads replies.tsv and classes replies by it: receiver, phase, code, enhanced code and text (R83), in a
/// conversation and in a report.</summary>
public sealed class ReplyRules
{
    private const string Resource = "CrankMailer.Mail.Rules.replies.tsv";

    private static readonly Lazy<ReplyRules> Shared = new(LoadResource);

    private readonly Dictionary<string, ReplyClass> classes = new(StringComparer.Ordinal);
    private readonly List<ReplyRule> rules = [];
    private readonly List<ReplyRule> reportRules = [];

    private ReplyRules() { }

    /// <summary>The rules that come with us.</summary>
    public static ReplyRules Default => Shared.Value;

    public IReadOnlyCollection<ReplyClass> Classes => classes.Values;

    /// <summary>Who has rules of its own.</summary>
    public IEnumerable<string> Receivers => rules.Concat(reportRules).SelectMany(rule => rule.Receivers).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lines of the file that read a conversation.</summary>
    internal IEnumerable<int> ConversationLines => rules.Select(rule => rule.Line);

    /// <exception cref="FormatException">file(line,col): error: what is wrong.</exception>
    public static ReplyRules Parse(TextReader reader, string fileName)
    {
        var made = new ReplyRules();
        var section = "";
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[') { section = line; continue; }
            try { made.Add(section, line.Split('\t'), number); }
            catch (Exception e) when (e is FormatException or ArgumentException or KeyNotFoundException or OverflowException)
            {
                throw new FormatException($"{fileName}({number},1): error: {e.Message}", e);
            }
        }
        return made;
    }

    /// <param name="receiver">Who answered, by name: google, yahoo, microsoft, …; null or any other name where not known.</param>
    public ReplyVerdict Classify(string? receiver, SmtpPhase phase, SmtpReply reply)
    {
        var words = ReplyWords.Of(reply);
        var rule = First(rules, receiver, phase, CodeOf(reply), words) ?? throw NoRule(reply);
        var effect = EffectOf(rule, phase, reply);
        return new ReplyVerdict(rule.Class, effect, rule.Line) { RetryAfter = effect == ReplyEffect.Retry ? RetryTime.Find(words.Text) : null };
    }

    /// <summary>What a report quotes, or says in words of its own, about a message that was taken before.</summary>
    /// <param name="phase">The command that was answered; null where the report does not tell.</param>
    /// <param name="reply">The reply it quotes; 550 or 450 with the report's own words where it quotes none.</param>
    /// <param name="quoted">Whether there was a reply in it.</param>
    public ReplyVerdict ClassifyReport(string? receiver, SmtpPhase? phase, SmtpReply reply, bool quoted)
    {
        var words = ReplyWords.Of(reply);
        var code = CodeOf(reply);
        var rule = First(reportRules, receiver, phase, quoted ? code : null, words) ?? First(rules, receiver, phase ?? SmtpPhase.Rcpt, code, words) ?? throw NoRule(reply);
        return new ReplyVerdict(rule.Class, rule.Class.InReport, rule.Line);
    }

    private static ReplyRule? First(List<ReplyRule> rules, string? receiver, SmtpPhase? phase, string? code, ReplyWords words)
    {
        foreach (var rule in rules)
            if (rule.Fits(receiver ?? "", phase, code, words)) return rule;
        return null;
    }

    private static string CodeOf(SmtpReply reply) => reply.Code.ToString(CultureInfo.InvariantCulture);

    private static InvalidOperationException NoRule(SmtpReply reply) => new($"No rule fits a reply of code {reply.Code}: the last rules of the file must fit anything.");

    /// <summary>What an attempt means as a whole, replies or none. An Unknown outcome has no verdict: it is for a person to
    /// settle (design §5), and null here.</summary>
    public ReplyVerdict? Find(string? receiver, SmtpOutcome outcome) => outcome switch
    {
        SmtpOutcome.Accepted { Reply: var reply } => Classify(receiver, SmtpPhase.Dot, reply),
        SmtpOutcome.Refused { Reply: var reply } => Classify(receiver, outcome.Phase, reply),
        SmtpOutcome.NotSent { Failure: var failure } => Without(failure),
        _ => null,
    };

    /// <summary>No server said these; they are known before one is asked, or because none answered.</summary>
    private ReplyVerdict Without(SmtpFailure failure)
    {
        var (name, effect) = failure switch
        {
            SmtpFailure.CannotConnect or SmtpFailure.ConnectionLost or SmtpFailure.TimedOut or SmtpFailure.BadReply => ("temp", ReplyEffect.Retry),
            SmtpFailure.TlsFailed => ("tls", ReplyEffect.Retry),
            SmtpFailure.TooLarge => ("size", ReplyEffect.Block),
            // R72: not deliverable, counted as config, the address not suppressed.
            _ => ("config", ReplyEffect.Config),
        };
        return new ReplyVerdict(classes[name], effect, 0);
    }

    private static ReplyEffect EffectOf(ReplyRule rule, SmtpPhase phase, SmtpReply reply)
    {
        var effect = reply.IsPermanent ? rule.Class.AtPermanent : rule.Class.AtTransient;
        var answersRecipient = phase is SmtpPhase.Rcpt or SmtpPhase.Data or SmtpPhase.Dot;
        // R82: a 5yz that answers this recipient is never tried again; one before RCPT answered nobody, so suppresses nobody (R104).
        return (effect, answersRecipient) switch
        {
            (ReplyEffect.Retry, true) when reply.IsPermanent => ReplyEffect.Block,
            (ReplyEffect.Hard, false) => ReplyEffect.Block,
            _ => effect,
        };
    }

    private void Add(string section, string[] columns, int line)
    {
        if (section == "[classes]")
        {
            if (columns.Length != 7) throw new FormatException("a class has 7 columns, parted by TAB");
            classes.Add(columns[0], new ReplyClass(columns[0], Effect(columns[1]), Effect(columns[2]), Effect(columns[3]),
                TimeSpan.FromMinutes(int.Parse(columns[4], NumberStyles.None, CultureInfo.InvariantCulture)), columns[5] == "yes", columns[6]));
            return;
        }
        if (section is not ("[rules]" or "[reports]")) throw new FormatException("a line stands before [classes], [reports] or [rules]");
        if (columns.Length is not (6 or 7)) throw new FormatException("a rule has 6 columns and perhaps a reason, parted by TAB");
        if (!classes.TryGetValue(columns[0], out var found)) throw new FormatException($"unknown class {columns[0]}");
        (section == "[rules]" ? rules : reportRules).Add(new ReplyRule(found, line, columns));
    }

    private static ReplyEffect Effect(string name) => Enum.Parse<ReplyEffect>(name, ignoreCase: true);

    private static ReplyRules LoadResource()
    {
        using var stream = typeof(ReplyRules).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var reader = new StreamReader(stream);
        return Parse(reader, "replies.tsv");
    }
}
