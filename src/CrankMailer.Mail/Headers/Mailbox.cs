using System.Diagnostics.CodeAnalysis;

namespace CrankMailer.Mail.Headers;

/// <summary>An address with the name shown for it: <c>"Jane Doe" &lt;jane@example.org&gt;</c>.</summary>
public sealed record Mailbox
{
    /// <summary>R15, in octets: as much as a subject may have. What a stranger typed as a name may be without end.</summary>
    private const int MaxName = 998;

    private Mailbox(string? displayName, EmailAddress address) => (DisplayName, Address) = (displayName, address);

    /// <summary>Null where there is none; never empty, never with control characters.</summary>
    public string? DisplayName { get; }

    public EmailAddress Address { get; }

    public static Mailbox Create(string? displayName, string address) =>
        TryCreate(displayName, address, out var mailbox, out var problem) ? mailbox : throw new ArgumentException(problem, nameof(address));

    /// <summary>Control characters in the name become spaces: it is shown, not obeyed (R9). An address is never mended.</summary>
    public static Mailbox Create(string? displayName, EmailAddress address)
    {
        var name = HeaderText.Cut(HeaderText.Clean(displayName ?? "").Trim(), MaxName).TrimEnd();
        return new Mailbox(name.Length == 0 ? null : name, address);
    }

    public static bool TryCreate(string? displayName, string address, [NotNullWhen(true)] out Mailbox? mailbox, [NotNullWhen(false)] out string? problem)
    {
        mailbox = EmailAddress.TryCreate(address, out var made, out problem) ? Create(displayName, made) : null;
        return mailbox is not null;
    }

    public override string ToString() => DisplayName is null ? Address.ToString() : $"{DisplayName} <{Address}>";
}
