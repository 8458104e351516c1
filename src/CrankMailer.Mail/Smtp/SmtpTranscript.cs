using System.Globalization;

namespace CrankMailer.Mail.Smtp;

/// <summary>The opening of a connection and its last transaction, for the operator. Secrets never get in.</summary>
internal sealed class SmtpTranscript
{
    /// <summary>A hostile server must not fill memory with replies.</summary>
    private const int MaxLines = 200;

    private readonly List<string> opening = [];
    private readonly List<string> transaction = [];
    private readonly List<string> secrets = [];
    private List<string> current;

    public SmtpTranscript() => current = opening;

    public IReadOnlyList<string> Lines => [.. opening, .. transaction];

    public void BeginTransaction()
    {
        transaction.Clear();
        current = transaction;
    }

    /// <summary>Never shown from here on, whoever says it. What is shorter is no secret and stands in any word.</summary>
    public void Hide(params IEnumerable<string> what) => secrets.AddRange(what.Where(secret => secret.Length >= 4));

    public void Client(string commands)
    {
        foreach (var line in commands.TrimEnd('\r', '\n').Split("\r\n")) Add("C: " + line);
    }

    public void Body(int octets) => Add(string.Create(CultureInfo.InvariantCulture, $"C: ({octets} octets)"));

    public void Server(SmtpReply reply)
    {
        foreach (var line in reply.ToString().Split('\n')) Add("S: " + line);
    }

    public void Note(string what) => Add("-- " + what);

    /// <summary>The reply without our secrets: some servers repeat what they were told.</summary>
    public SmtpReply Mask(SmtpReply reply) => reply.Lines.Any(line => Mask(line) != line) ? new SmtpReply(reply.Code, [.. reply.Lines.Select(Mask)]) : reply;

    private string Mask(string line) => secrets.Aggregate(line, (masked, secret) => masked.Replace(secret, "********", StringComparison.Ordinal));

    private void Add(string line)
    {
        if (current.Count < MaxLines) current.Add(Mask(line));
    }
}
