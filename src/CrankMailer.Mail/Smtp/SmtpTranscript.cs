using System.Globalization;

namespace CrankMailer.Mail.Smtp;

/// <summary>The opening of a connection and its last transaction, for the operator. Secrets never get in.</summary>
internal sealed class SmtpTranscript
{
    /// <summary>A hostile server must not fill memory with replies.</summary>
    private const int MaxLines = 200;

    private readonly List<string> opening = [];
    private readonly List<string> transaction = [];
    private List<string> current;

    public SmtpTranscript() => current = opening;

    public IReadOnlyList<string> Lines => [.. opening, .. transaction];

    public void BeginTransaction()
    {
        transaction.Clear();
        current = transaction;
    }

    public void Client(string line) => Add("C: " + line.TrimEnd('\r', '\n').Replace("\r\n", "\nC: ", StringComparison.Ordinal));

    public void Body(int octets) => Add(string.Create(CultureInfo.InvariantCulture, $"C: ({octets} octets)"));

    public void Server(SmtpReply reply) => Add("S: " + reply);

    public void Note(string what) => Add("-- " + what);

    private void Add(string line)
    {
        if (current.Count < MaxLines) current.Add(line);
    }
}
