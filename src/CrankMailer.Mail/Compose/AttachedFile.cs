namespace CrankMailer.Mail.Compose;

/// <summary>A file in a message; the name is a content id for inline ones.</summary>
internal sealed record AttachedFile(string Name, MediaType Type, ReadOnlyMemory<byte> Content);
