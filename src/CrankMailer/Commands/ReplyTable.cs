using CrankMailer.Mail.Smtp;
using CrankMailer.Model;

namespace CrankMailer.Commands;

/// <summary>Replies in a table, columns parted by TAB. The first line may name them, <c>receiver</c>, <c>phase</c> and <c>reply</c> among them in
/// any order; where it names none, these three are meant. Empty lines and lines with # are passed over.</summary>
internal sealed class ReplyTable
{
    private static readonly string[] Usual = ["receiver", "phase", "reply"];

    // What other logs, and our own books, call the phases.
    private static readonly Dictionary<string, SmtpPhase> Phases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["connect"] = SmtpPhase.Connect, ["banner"] = SmtpPhase.Connect, ["greeting"] = SmtpPhase.Connect, ["ehlo"] = SmtpPhase.Ehlo, ["helo"] = SmtpPhase.Ehlo,
        ["starttls"] = SmtpPhase.StartTls, ["auth"] = SmtpPhase.Auth, ["mail"] = SmtpPhase.Mail, ["rcpt"] = SmtpPhase.Rcpt, ["data"] = SmtpPhase.Data,
        ["dot"] = SmtpPhase.Dot, ["final-dot"] = SmtpPhase.Dot, ["quit"] = SmtpPhase.Quit,
    };

    private readonly string _name;
    private readonly List<ReplyRow> _rows = [];
    private readonly List<Problem> _problems = [];

    private ReplyTable(string name) => _name = name;

    public IReadOnlyList<ReplyRow> Rows => _rows;

    /// <summary>Of rows whose reply cannot be read (errors) or whose phase is not known (warnings).</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    public static ReplyTable Read(InputText input)
    {
        var table = new ReplyTable(input.Name);
        var lines = input.Text.TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Columns? columns = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]) || lines[i][0] == '#') continue;
            var cells = lines[i].Split('\t');
            if (columns is { } known) { table.Add(known, cells, i + 1); continue; }
            var named = Columns.Named(cells);
            columns = named ?? Columns.Usual;
            if (named is not null) continue;
            if (cells.Length > 2 && ReplyRow.ReplyOf(cells[2]) is not null) { table.Add(Columns.Usual, cells, i + 1); continue; }
            table._problems.Add(new Problem(Severity.Error, "no-reply-column", "the first line must name the columns, 'reply' among them (also 'receiver' and 'phase').", input.Name, i + 1, 1));
            return table;
        }
        if (columns is null) table._problems.Add(new Problem(Severity.Error, "no-reply-column", "there are no rows in it; the columns are receiver, phase, reply, parted by TAB.", input.Name, 1, 1));
        return table;
    }

    /// <param name="name">In any case; two words as in "RCPT TO" as well.</param>
    public static SmtpPhase? FindPhase(string name) => Phases.TryGetValue(FirstWord(name), out var phase) ? phase : null;

    private void Add(Columns columns, string[] cells, int line)
    {
        string? Cell(int index) => index >= 0 && index < cells.Length ? cells[index].Trim() : null;
        var row = new ReplyRow(Cell(columns.Receiver), Cell(columns.Phase), Cell(columns.Reply) ?? "");
        if (row.Reply is null)
        {
            var why = columns.Reply < cells.Length ? ReplyRow.NoReply(row.Text) : $"the row has {cells.Length} columns, and the reply is in column {columns.Reply + 1}. Columns are parted by TAB.";
            row = row with { Error = why };
            _problems.Add(new Problem(Severity.Error, "no-reply", why, _name, line, At(cells, columns.Reply)));
        }
        else if (!string.IsNullOrEmpty(row.Phase) && FindPhase(row.Phase) is null)
        {
            _problems.Add(new Problem(Severity.Warning, "unknown-phase", $"the phase '{row.Phase}' is not known, so its reply is classed as one to RCPT. Known are: {string.Join(", ", Phases.Keys)}.", _name, line, At(cells, columns.Phase)));
        }
        _rows.Add(row);
    }

    /// <summary>The column of a cell in its line, or where it should have begun.</summary>
    private static int At(string[] cells, int index) => cells.Take(index).Sum(cell => cell.Length + 1) + 1;

    private static string FirstWord(string text) => text.Trim().Split(' ', 2)[0];

    private readonly record struct Columns(int Receiver, int Phase, int Reply)
    {
        public static Columns Usual { get; } = new(0, 1, 2);

        /// <summary>A heading may say more than the name: "reply (\n = next line)".</summary>
        public static Columns? Named(string[] cells)
        {
            var names = cells.Select(cell => FirstWord(cell).ToLowerInvariant()).ToArray();
            var at = ReplyTable.Usual.Select(name => Array.IndexOf(names, name)).ToArray();
            return at[2] < 0 ? null : new Columns(at[0], at[1], at[2]);
        }
    }
}

/// <param name="Text">The reply as it stands in the table; \n in it is a line's end.</param>
/// <param name="Error">Why it cannot be classed.</param>
internal sealed record ReplyRow(string? Receiver, string? Phase, string Text, string? Error = null)
{
    public SmtpReply? Reply { get; } = ReplyOf(Text);

    public static SmtpReply? ReplyOf(string text) => SmtpReply.Find(text.Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal));

    public static string NoReply(string text) => $"this is no SMTP reply: '{text}'. A reply begins with a code from 200 to 599, such as '550 5.1.1 user unknown'.";
}
