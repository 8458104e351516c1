namespace CrankMailer.Mjml.Rendering;

/// <summary>The document asks for more than any mail needs; <see cref="MjmlCompiler"/> makes a problem of it.</summary>
internal sealed class DocumentTooLargeException(string message) : Exception(message)
{
    public static DocumentTooLargeException Output() =>
        new("The HTML would be larger than 100 million characters: is a default given to every element very long?");
}
