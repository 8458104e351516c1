using System.Globalization;

namespace CrankMailer.Mail.Smtp;

/// <summary>The opening of a connection and its last transaction, for the operator. Secrets never get in. Written down as it comes, made readable only when
/// somebody asks: nobody reads that of an accepted message.</summary>
internal sealed class SmtpTranscript
{
    /// <summary>A hostile server must not fill memory with replies.</summary>
    private const int MaxLines = 200;

    private readonly List<(string Who, object What)> opening = [];
    private readonly List<(string Who, object What)> transaction = [];
    private List<(string Who, object What)> current;

    public SmtpTranscript() => current = opening;

    public IReadOnlyList<string> Lines => [.. opening.Concat(transaction).Select(entry => entry.Who + Show(entry.What))];

    public void BeginTransaction()
    {
        transaction.Clear();
        current = transaction;
    }

    public void Client(string commands) => Add("C: ", commands);

    public void Body(int octets) => Add("C: ", octets);

    public void Server(SmtpReply reply) => Add("S: ", reply);

    public void Note(string what) => Add("-- ", what);

    private static string Show(object what) => what switch
    {
        string text => text.TrimEnd('\r', '\n').Replace("\r\n", "\nC: ", StringComparison.Ordinal),
        int octets => string.Create(CultureInfo.InvariantCulture, $"({octets} octets)"),
        _ => what.ToString() ?? "",
    };

    private void Add(string who, object what)
    {
        if (current.Count < MaxLines) current.Add((who, what));
    }
}
