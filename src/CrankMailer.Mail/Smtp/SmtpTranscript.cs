using System.Globalization;

namespace CrankMailer.Mail.Smtp;

/// <summary>The opening of a connection and its last transaction, for the operator. Written down as it comes, made readable, without secrets, only when
/// somebody asks: nobody reads that of an accepted message.</summary>
internal sealed class SmtpTranscript
{
    /// <summary>A hostile server must not fill memory with replies.</summary>
    private const int MaxLines = 200;

    private readonly List<(string Who, object What)> opening = [];
    private readonly List<(string Who, object What)> transaction = [];
    private readonly List<string> secrets = [];
    private List<(string Who, object What)> current;

    public SmtpTranscript() => current = opening;

    public IReadOnlyList<string> Lines => [.. opening.Concat(transaction).SelectMany(entry => Show(entry.What).Select(line => entry.Who + Mask(line))).Take(2 * MaxLines)];

    public void BeginTransaction()
    {
        transaction.Clear();
        current = transaction;
    }

    /// <summary>Never shown, whoever says it. What is shorter is no secret and stands in any word.</summary>
    public void Hide(params IEnumerable<string> what) => secrets.AddRange(what.Where(secret => secret.Length >= 4));

    public void Client(string commands) => Add("C: ", commands);

    public void Body(int octets) => Add("C: ", octets);

    public void Server(SmtpReply reply) => Add("S: ", reply);

    public void Note(string what) => Add("-- ", what);

    /// <summary>The reply without our secrets: some servers repeat what they were told.</summary>
    public SmtpReply Mask(SmtpReply reply) => reply.Lines.Any(line => Mask(line) != line) ? new SmtpReply(reply.Code, [.. reply.Lines.Select(Mask)]) : reply;

    private static string[] Show(object what) => what switch
    {
        string text => text.TrimEnd('\r', '\n').Split("\r\n"),
        int octets => [string.Create(CultureInfo.InvariantCulture, $"({octets} octets)")],
        _ => (what.ToString() ?? "").Split('\n'),
    };

    private string Mask(string line) => secrets.Aggregate(line, (masked, secret) => masked.Replace(secret, "********", StringComparison.Ordinal));

    private void Add(string who, object what)
    {
        if (current.Count < MaxLines) current.Add((who, what));
    }
}
