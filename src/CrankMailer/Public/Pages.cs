using System.Globalization;
using CrankMailer.Model.Publications;

namespace CrankMailer.Public;

/// <summary>Puts together what every public page has, and renders it.</summary>
internal sealed class Pages(PageTemplates templates, PublicationDirectory directory, IHttpContextAccessor accessor)
{
    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Pages are rendered within a request.");

    /// <summary>The publication of a slug in the path. Null: show <see cref="NotFound"/>.</summary>
    public ValueTask<PublicationRow?> FindAsync(string slug) => directory.FindAsync(slug, Http.RequestAborted);

    public ValueTask<IReadOnlyList<PublicationRow>> AllAsync() => directory.AllAsync(Http.RequestAborted);

    public async ValueTask<PublicationRow> GetAsync(int id) =>
        await directory.FindAsync(id, Http.RequestAborted) ?? throw new InvalidOperationException($"Publication {id} is gone.");

    /// <summary>Path of a publication's page on the address the reader came by: empty on its own.</summary>
    public string BaseOf(PublicationRow publication) =>
        Http.Features.Get<OwnAddress>() is { } own && own.Slug == publication.Slug ? own.Prefix : $"/{publication.Slug}";

    /// <summary>The language of the page: the first the reader asks for that we have, else the publication's.</summary>
    public string LangFor(PublicationRow? publication) =>
        Http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => templates.LanguageOf(l.Value.Value)).FirstOrDefault(l => l is not null)
            ?? templates.LanguageOf(publication?.Document.Lang) ?? "en";

    /// <summary>One string of the pages, in the reader's language.</summary>
    public string Word(PublicationRow publication, string key) => templates.Words(LangFor(publication), new Dictionary<string, string>())[key];

    /// <param name="name">Template in <c>templates/pages</c>, without its ending.</param>
    /// <param name="model">What only this page shows.</param>
    /// <param name="words">Fills <c>{name}</c> in the strings.</param>
    public PageResult Show(string name, PublicationRow? publication, object? model = null, IReadOnlyDictionary<string, string>? words = null, int status = 200)
    {
        var lang = LangFor(publication);
        var all = new Dictionary<string, string>(words ?? new Dictionary<string, string>()) { ["publication"] = publication?.Document.Name ?? "" };
        var page = new Dictionary<string, object?>
        {
            ["lang"] = lang, ["base"] = publication is null ? "" : BaseOf(publication), ["css"] = $"{(publication is null ? "" : BaseOf(publication))}/brand.css",
            ["url"] = Http.Request.Path.Value, ["name"] = name, ["root"] = Http.Features.Get<OwnAddress>()?.Prefix ?? "",
        };
        var html = templates.Render(name, new Dictionary<string, object?>
        {
            ["page"] = page, ["publication"] = publication is null ? null : PublicationModel.Of(publication), ["t"] = templates.Words(lang, all), ["m"] = model,
        }, CultureInfo.GetCultureInfo(lang), Http.RequestAborted);
        return new PageResult(html, status, lang);
    }

    public PageResult NotFound(PublicationRow? publication = null) => Show("not-found", publication, status: StatusCodes.Status404NotFound);

    /// <summary>A form that is too large or no form at all.</summary>
    public PageResult Unreadable() =>
        Show("unreadable", null, status: Http.Request.ContentLength > PublicForm.MaxBody ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest);
}
