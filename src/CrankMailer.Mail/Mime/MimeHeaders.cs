using System.Collections;

namespace CrankMailer.Mail.Mime;

/// <summary>The header fields of a message or part, in their order.</summary>
public sealed class MimeHeaders : IReadOnlyList<MimeHeader>
{
    private readonly IReadOnlyList<MimeHeader> fields;

    internal MimeHeaders(IReadOnlyList<MimeHeader> fields) => this.fields = fields;

    public int Count => fields.Count;

    public MimeHeader this[int index] => fields[index];

    /// <summary>The decoded value of the first field of this name, in any case.</summary>
    public string? Find(string name) => FindField(name)?.Value;

    /// <summary>The value as it came.</summary>
    public string? FindRaw(string name) => FindField(name)?.Raw;

    public IEnumerable<string> FindAll(string name) => fields.Where(field => Is(field, name)).Select(field => field.Value);

    public IEnumerator<MimeHeader> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private MimeHeader? FindField(string name) => fields.FirstOrDefault(field => Is(field, name));

    private static bool Is(MimeHeader field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
