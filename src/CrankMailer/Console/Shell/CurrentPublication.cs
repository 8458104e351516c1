using CrankMailer.Model;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Shell;

/// <summary>The publication the person works on: the one of the cookie, else the first by name.</summary>
internal sealed class CurrentPublication(CrankDb db, IHttpContextAccessor http)
{
    private bool _loaded;

    public IReadOnlyList<PublicationChoice> All { get; private set; } = [];

    /// <summary>Null before set-up is done. Loaded by <see cref="LoadAsync"/>; a page's own GetAsync or FindAsync is enough.</summary>
    public PublicationRow? Row { get; private set; }

    public async Task<PublicationRow?> FindAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Row;
    }

    public async Task LoadAsync(CancellationToken ct)
    {
        if (_loaded) return;
        var rows = await db.Publications.AsNoTracking().OrderBy(p => p.Id).ToListAsync(ct);
        All = [.. rows.OrderBy(p => p.Document.Name, StringComparer.OrdinalIgnoreCase).Select(p => new PublicationChoice(p.Slug, p.Document.Name))];
        var wanted = http.HttpContext?.Request.Cookies[ShellCookies.Publication];
        Row = rows.FirstOrDefault(p => p.Slug == wanted) ?? rows.FirstOrDefault(p => p.Slug == All.FirstOrDefault()?.Slug);
        _loaded = true;
    }
}

internal sealed record PublicationChoice(string Slug, string Name);
