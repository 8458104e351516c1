using CrankMailer.Model.Documents;

namespace CrankMailer.Rendering.Wording;

/// <summary>
/// Where a publication's public pages live (design §8): at its own <see cref="Publication.PublicUrl"/>, which is the page
/// <c>/{publication}</c> itself, else below the installation's address.
/// </summary>
public sealed class PublicAddress
{
    private PublicAddress(string page, string root) => (Page, Root) = (page, root);

    /// <summary>The publication's page, without a slash at the end.</summary>
    public string Page { get; }

    /// <summary>The installation's root as the publication's readers reach it, without a slash at the end: pictures and tokens live there.</summary>
    public string Root { get; }

    /// <summary>False where neither the publication nor the installation says where it lives: nothing can be linked from a mail.</summary>
    public bool IsComplete => Root.StartsWith("https://", StringComparison.Ordinal) || Root.StartsWith("http://", StringComparison.Ordinal);

    /// <param name="publication">Whose pages.</param>
    /// <param name="installation">Root of this installation, used where the publication has no address of its own.</param>
    public static PublicAddress Of(Publication publication, string? installation)
    {
        if (string.IsNullOrWhiteSpace(publication.PublicUrl))
        {
            var root = (installation ?? "").TrimEnd('/');
            return new PublicAddress($"{root}/{publication.Slug}", root);
        }
        var page = publication.PublicUrl.Trim().TrimEnd('/');
        var tail = "/" + publication.Slug;
        return new PublicAddress(page, page.EndsWith(tail, StringComparison.Ordinal) && page.IndexOf("//", StringComparison.Ordinal) + 2 < page.Length - tail.Length ? page[..^tail.Length] : page);
    }

    /// <summary>A page of the publication: <c>At("contact.vcf")</c>.</summary>
    public string At(string path) => $"{Page}/{path.TrimStart('/')}";
}
