using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>Holds what a draft says about its publication against what is set: a moved office is noticed here first.</summary>
internal static class FurnitureComparison
{
    public static void Compare(Publication found, Publication publication, DraftReport report)
    {
        if (found.Copyright is { } copyright && publication.Copyright is { } pattern && !Same(copyright, pattern))
            report.Warn("furniture", $"The draft's copyright line “{copyright}” differs from the publication's “{pattern}”.");
        if (found.Organisation.PostalAddress.Count > 0 && publication.Organisation.PostalAddress.Count > 0 && !SameAddress(found, publication))
            report.Warn("furniture", $"The draft's postal address “{string.Join(", ", found.Organisation.PostalAddress)}” differs from the publication's “{string.Join(", ", publication.Organisation.PostalAddress)}”.");
        foreach (var link in found.Social.Where(s => !publication.Social.Any(p => Same(p.Network, s.Network) || Same(p.Label ?? "", s.Network))))
            report.Note("furniture", $"The draft names {link.Label}, which is not among the publication's social links.");
        if (found.Name.Length > 0 && !Same(found.Name, publication.Name))
            report.Note("furniture", $"The draft calls the publication “{found.Name}”, its settings “{publication.Name}”.");
    }

    /// <summary>The organisation's name may stand above the address or not.</summary>
    private static bool SameAddress(Publication found, Publication publication)
    {
        var wanted = publication.Organisation.PostalAddress.Prepend(publication.Organisation.Name ?? "").Where(l => l.Length > 0).Select(Letters).ToList();
        return found.Organisation.PostalAddress.Select(Letters).All(line => wanted.Any(w => w.Contains(line, StringComparison.Ordinal) || line.Contains(w, StringComparison.Ordinal)));
    }

    private static bool Same(string a, string b) => Letters(a) == Letters(b);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
