using CrankMailer.Model.Documents;

namespace CrankMailer.Audience;

/// <summary>Composes the words of a system mail. An edge: Audience says what to write about, the host how it looks (its theme's mails).</summary>
public interface ISystemMails
{
    Task<SystemMail> ComposeAsync(SystemMailKind kind, Publication publication, SystemMailContent content, CancellationToken ct);
}

/// <summary>The mails that Audience asks for. Their words in the database are the lower-case names.</summary>
public enum SystemMailKind { Confirm, Welcome, Preferences }

/// <summary>What a system mail may speak of. It never repeats what was typed into a form: a stranger could write to anybody through it.</summary>
public sealed record SystemMailContent
{
    /// <summary>BCP 47 tag to write in.</summary>
    public required string Lang { get; init; }

    /// <summary>Names of the lists it is about.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>For <c>/confirm/{token}</c>.</summary>
    public string? ConfirmToken { get; init; }

    /// <summary>For <c>/preferences/{token}</c>.</summary>
    public string? PreferencesToken { get; init; }

    /// <summary>For <c>/u/{token}</c>.</summary>
    public string? UnsubscribeToken { get; init; }

    /// <summary>Until when the link works; null where it always does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <param name="Capture">The process is in capture mode: the mail never goes to a real relay (design §3).</param>
public sealed record SystemMail(string Subject, string Html, string Text, bool Capture = false);
