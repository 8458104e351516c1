using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CrankMailer.Tests.Console;

/// <summary>A browser without scripts: keeps cookies, follows redirects, fills in forms as they stand.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri root) => _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = root };

    public CookieContainer Cookies { get; } = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task<Page> GetAsync(string path) => await ReadAsync(await _http.GetAsync(path, Ct));

    public async Task<Page> PostAsync(string path, IEnumerable<(string Name, string Value)> fields) =>
        await ReadAsync(await _http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), Ct));

    public void Dispose() => _http.Dispose();

    private async Task<Page> ReadAsync(HttpResponseMessage response) => new(this, response, await response.Content.ReadAsStringAsync(Ct));
}

/// <summary>An answer, and its forms.</summary>
internal sealed class Page(Browser browser, HttpResponseMessage response, string body)
{
    private readonly IHtmlDocument _document = new HtmlParser().ParseDocument(body);

    public HttpStatusCode Status => response.StatusCode;

    public string Path => response.RequestMessage?.RequestUri?.PathAndQuery ?? "";

    public string Body => body;

    public string Text => string.Join(' ', (_document.Body?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public IElement? Find(string selector) => _document.QuerySelector(selector);

    public string? Value(string name) => _document.GetElementsByName(name).FirstOrDefault() switch
    {
        IHtmlTextAreaElement area => area.TextContent, IHtmlInputElement input => input.Value, IHtmlSelectElement select => select.Value, _ => null,
    };

    /// <summary>Posts the form of this name as it stands, with some fields changed or added.</summary>
    public Task<Page> SubmitAsync(string form, params (string Name, string Value)[] changes) => SubmitAsync(form, (IEnumerable<(string, string)>)changes);

    public Task<Page> SubmitAsync(string form, IEnumerable<(string Name, string Value)> changes)
    {
        var found = _document.Forms.FirstOrDefault(f => f.QuerySelector($"input[name='_handler'][value='{form}']") is not null)
            ?? throw new InvalidOperationException($"There is no form '{form}' on {Path}: {Text}");
        var given = changes.ToList();
        var fields = Fields(found).Where(f => given.TrueForAll(g => g.Name != f.Name)).Concat(given);
        return browser.PostAsync(found.GetAttribute("action") is { Length: > 0 } action ? action : Path, fields);
    }

    private static IEnumerable<(string Name, string Value)> Fields(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: not ("file" or "checkbox" or "submit"), Name: { Length: > 0 } name } input: yield return (name, input.Value); break;
                case IHtmlInputElement { Type: "checkbox", IsChecked: true, Name: { } ticked }: yield return (ticked, "true"); break;
                case IHtmlTextAreaElement { Name: { } name } area: yield return (name, area.TextContent); break;
                case IHtmlSelectElement { Name: { } name } select: yield return (name, select.Value ?? ""); break;
            }
        }
    }
}
