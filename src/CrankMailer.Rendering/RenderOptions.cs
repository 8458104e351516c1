namespace CrankMailer.Rendering;

/// <summary>What a rendering needs beside issue, publication and theme.</summary>
public sealed record RenderOptions
{
    public static RenderOptions Default { get; } = new();

    /// <summary>Root of this installation, <c>https://news.example.org</c>; used where the publication has no <c>public_url</c> of its own.</summary>
    public string? InstallationUrl { get; init; }

    /// <summary>
    /// Where every link of the body leads instead of the publication's <c>public_url</c>: the demonstration runs on localhost while its
    /// headers name https (issue 2, point 6). Null everywhere else.
    /// </summary>
    public string? LinkBase { get; init; }

    /// <summary>Year in the copyright line; the period where null.</summary>
    public int? Year { get; init; }

    /// <summary>False makes <c>{{</c> plain text in block Markdown too, for text nobody of ours typed (a pasted draft, a clipping).</summary>
    public bool EditorHoles { get; init; } = true;

    /// <summary>True prints corrections at their items: for the web page and the feeds, not for an Edition (design §6).</summary>
    public bool ShowErrata { get; init; }

    /// <summary>
    /// Finds a picture by the issue's <c>src</c>: its address in the mail and its size. Null where the caller knows none; an https address
    /// and a stored picture (<c>/m/…</c>) need none.
    /// </summary>
    public Func<string, Picture?>? Pictures { get; init; }
}

/// <summary>A picture as the mail loads it. Width in pixels keeps a small one from being blown up; null where unknown.</summary>
public sealed record Picture(string Url, int? Width = null, int? Height = null);
