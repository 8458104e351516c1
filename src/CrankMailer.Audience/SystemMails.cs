using CrankMailer.Model.Documents;
using CrankMailer.Rendering;
using CrankMailer.Rendering.Mails;
using CrankMailer.Rendering.Wording;

namespace CrankMailer.Audience;

/// <summary>The mails that Audience asks for. Their words in the database are the lower-case names.</summary>
public enum SystemMailKind { Confirm, AlreadySubscribed, Welcome, Preferences }

/// <summary>What a system mail speaks of. It repeats nothing typed into a form but the address: a stranger could write to anybody through it.</summary>
public sealed record SystemMailContent
{
    /// <summary>BCP 47 tag to write in.</summary>
    public required string Lang { get; init; }

    /// <summary>Names of the lists it is about.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Where its one button leads, below the publication's root: <c>confirm/…</c>, <c>preferences/…</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Days the link works.</summary>
    public int Days { get; init; }
}

/// <summary>Gives system mails their words and links.</summary>
public sealed class SystemMails(MailRenderer renderer, RenderOptions options)
{
    public RenderedMail Compose(SystemMailKind kind, Publication stored, string email, SystemMailContent content)
    {
        var publication = AsLinked(stored);
        var address = PublicAddress.Of(publication, null);
        var model = new Dictionary<string, object?>
        {
            ["email"] = email, ["site"] = address.Page, ["items"] = content.Lists, ["button_url"] = $"{address.Root}/{content.Path}", ["days"] = content.Days,
            ["archive_url"] = kind == SystemMailKind.Welcome ? address.At("archive") : null,
        };
        return renderer.Render(NameOf(kind), model, publication, content.Lang);
    }

    /// <summary>With the address that links in a body have: the demonstration's own, or this installation's where the publication has none.</summary>
    private Publication AsLinked(Publication publication)
    {
        var root = options.LinkBase ?? (string.IsNullOrWhiteSpace(publication.PublicUrl) ? options.InstallationUrl : null);
        return string.IsNullOrWhiteSpace(root) ? publication : publication with { PublicUrl = $"{root.TrimEnd('/')}/{publication.Slug}" };
    }

    private static string NameOf(SystemMailKind kind) => kind switch
    {
        SystemMailKind.Confirm => MailModel.Confirm,
        SystemMailKind.AlreadySubscribed => MailModel.AlreadySubscribed,
        SystemMailKind.Welcome => MailModel.Welcome,
        _ => MailModel.PreferencesLink,
    };
}
