using System.Text.RegularExpressions;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Yaml;

/// <summary>What must hold for any publication, whether from a file, the form or the API. Each problem names its field in <see cref="Problem.Item"/>.</summary>
public static partial class PublicationRules
{
    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    private static partial Regex Slug { get; }

    [GeneratedRegex("^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$")]
    private static partial Regex LanguageTag { get; }

    [GeneratedRegex(@"^[^\s@<>,;:""()\[\]]+@[^\s@<>,;:""()\[\]]+\.[^\s@<>,;:""()\[\].]+$")]
    internal static partial Regex Address { get; }

    public static IEnumerable<Problem> Check(Publication publication)
    {
        foreach (var problem in CheckName(publication)) yield return problem;
        if (!LanguageTag.IsMatch(publication.Lang)) yield return Error("lang", $"\"{publication.Lang}\" is no language tag: write one such as en, de or pt-BR.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(publication.TimeZone, out _))
            yield return Error("time_zone", $"The time zone \"{publication.TimeZone}\" is not known: write an IANA name such as Europe/Berlin.");
        if (publication.PublicUrl is { } url && !IsPublicUrl(url))
            yield return Error("public_url", $"\"{url}\" cannot be the public address: write https://, the host, and no slash, query or fragment at the end.");
        if (publication.Sender.Email is { } email && !Address.IsMatch(email)) yield return Error("sender.email", $"\"{email}\" is no e-mail address: write one such as news@example.org.");
        else if (publication.Sender.Email is { } own && FreeMail.Owns(own))
            yield return Error("sender.email", $"Mail from \"{own}\" is refused by large receivers unless the provider itself sends it: take an address at a domain of your own.");
        if (publication.Sender.ReplyTo is { } reply && !Address.IsMatch(reply)) yield return Error("sender.reply_to", $"\"{reply}\" is no e-mail address: write one such as editors@example.org.");
        foreach (var problem in CheckLinks(publication)) yield return problem;
        for (var i = 0; i < publication.Skeleton.Count; i++)
            if (!Markdown.SectionHeading.IsKnown(publication.Skeleton[i].Kind))
                yield return Error($"skeleton[{i}].kind", $"\"{publication.Skeleton[i].Kind}\" is no kind of section: write stories, briefs, readings, events, prose, picture or button.");
    }

    private static IEnumerable<Problem> CheckName(Publication publication)
    {
        if (publication.Slug.Length == 0) yield return Error("slug", "The slug is missing: write slug: and a short name for its web address, such as harbor-brief.");
        else if (!Slug.IsMatch(publication.Slug) || publication.Slug.Length > 64)
            yield return Error("slug", $"\"{publication.Slug}\" cannot be a web address: use lower-case letters a-z, digits and single hyphens, at most 64.");
        else if (ReservedSlugs.Contains(publication.Slug)) yield return Error("slug", $"\"{publication.Slug}\" is an address of CrankMailer itself: take another slug.");
        if (string.IsNullOrWhiteSpace(publication.Name)) yield return Error("name", "The name is missing: write what readers know the publication by.");
    }

    private static IEnumerable<Problem> CheckLinks(Publication publication)
    {
        var organisation = publication.Organisation;
        foreach (var (item, url) in new[] { ("organisation.website", organisation.Website), ("organisation.imprint_url", organisation.ImprintUrl), ("organisation.privacy_url", organisation.PrivacyUrl) })
            if (url is not null && !IsWebAddress(url)) yield return Error(item, $"\"{url}\" is no web address: begin it with https://.");
        for (var i = 0; i < publication.Social.Count; i++)
        {
            if (publication.Social[i].Network.Length == 0) yield return Error($"social[{i}].network", "The network is missing: write its name, such as mastodon.");
            if (!IsWebAddress(publication.Social[i].Url)) yield return Error($"social[{i}].url", $"\"{publication.Social[i].Url}\" is no web address: begin it with https://.");
        }
        if (organisation.Contact is { } contact && !IsWebAddress(contact) && !Address.IsMatch(contact))
            yield return Error("organisation.contact", $"\"{contact}\" is neither an e-mail address nor a web address.");
    }

    internal static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0;

    /// <summary>http only for our own machine, as in the demonstration.</summary>
    private static bool IsPublicUrl(string url) =>
        IsWebAddress(url) && new Uri(url) is var uri && (uri.Scheme == "https" || uri.IsLoopback) && uri.Query.Length == 0 && uri.Fragment.Length == 0
        && uri.UserInfo.Length == 0 && !url.EndsWith('/');

    private static Problem Error(string item, string text) => new(Severity.Error, "publication", text, Item: item);
}
