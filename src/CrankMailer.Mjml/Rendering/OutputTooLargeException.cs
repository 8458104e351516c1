namespace CrankMailer.Mjml.Rendering;

/// <summary>The HTML grew past all bounds; <see cref="MjmlCompiler"/> turns it into a problem of the document.</summary>
internal sealed class OutputTooLargeException() : Exception("The HTML would be larger than 100 million characters: is a default given to every element very long?");
