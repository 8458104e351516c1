using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CrankMailer.Mail.Headers;

/// <summary>A Message-ID <c>&lt;left@domain&gt;</c>. The caller makes the left side unique for each recipient and campaign and
/// keeps it for a retry of the same delivery (R13).</summary>
public sealed record MessageId
{
    /// <summary>R13: Gmail refuses longer ones.</summary>
    private const int MaxLength = 500;

    private MessageId(string left, string domain) => (Left, Domain) = (left, domain);

    public string Left { get; }

    public string Domain { get; }

    public static MessageId Create(string left, string domain) =>
        TryCreate(left, domain, out var id, out var problem) ? id : throw new ArgumentException(problem, nameof(left));

    public static bool TryCreate(string left, string domain, [NotNullWhen(true)] out MessageId? id, [NotNullWhen(false)] out string? problem)
    {
        id = null;
        problem = Ascii.IsValid(left) && left.Length > 0 && left[0] != '"' ? LocalPartGrammar.FindLeftProblem(left) : "The left side of a Message-ID is ASCII and not quoted.";
        if (problem is not null) return false;
        if (!DomainName.TryToAscii(domain, out var ascii, out problem)) return false;
        if (left.Length + ascii.Length + 3 > MaxLength) { problem = $"The Message-ID is longer than {MaxLength} octets."; return false; }
        id = new MessageId(left, ascii);
        return true;
    }

    /// <summary>With the angle brackets.</summary>
    public override string ToString() => $"<{Left}@{Domain}>";
}
