using CrankMailer.Audience;
using CrankMailer.Audience.Guard;

namespace CrankMailer.Public;

/// <summary>A form of a public page, read with limits. What cannot be read is null, never an exception.</summary>
internal sealed class PublicForm(IFormCollection fields)
{
    /// <summary>Octets. No form of ours comes near.</summary>
    public const long MaxBody = 64 * 1024;

    public string? this[string name] => fields.TryGetValue(name, out var value) ? value[0] : null;

    public IReadOnlyList<string> All(string name) => fields.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    public FormTraps Traps => new(this["website"], this["stamp"], this["question"], this["answer"]);

    public static async Task<PublicForm?> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return new PublicForm(FormCollection.Empty);
        try
        {
            return new PublicForm(await http.Request.ReadFormAsync(http.RequestAborted));
        }
        catch (Exception problem) when (problem is BadHttpRequestException or InvalidDataException or IOException) // too large, or no form at all
        {
            return null;
        }
    }

    public static Visit VisitOf(HttpContext http, string source) => new(source, http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent.ToString());
}

/// <summary>For the routing: the most that the endpoint reads.</summary>
internal sealed class FormLimit : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => PublicForm.MaxBody;
}
