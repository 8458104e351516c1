namespace CrankMailer.Console.Shared;

/// <summary>A posted form by its field names, trimmed; what is empty is null. For forms whose fields are named as a problem names its place.</summary>
internal sealed class Posted(IFormCollection form)
{
    public static Posted None { get; } = new(FormCollection.Empty);

    /// <summary>The form of this request; empty for a GET.</summary>
    public static Posted Of(HttpContext? http) => http is { Request: { HasFormContentType: true, Form: var form } } ? new Posted(form) : None;

    /// <summary>The pressed button: <c>name="do"</c>.</summary>
    public string? Do => Text("do");

    public bool Any => form.Count > 0;

    public IFormFileCollection Files => form.Files;

    public bool Has(string name) => form.ContainsKey(name);

    public string? Text(string name) => form[name].ToString().ReplaceLineEndings("\n").Trim() is { Length: > 0 } text ? text : null;

    public int? Number(string name) => int.TryParse(Text(name), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Ticked(string name) => Text(name) == "true";

    public IEnumerable<string> Names => form.Keys;

    /// <summary>Every value of a field that stands several times.</summary>
    public IReadOnlyList<string> All(string name) => [.. form[name].OfType<string>()];
}
