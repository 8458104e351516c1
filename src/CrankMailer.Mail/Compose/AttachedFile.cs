using System.Text.Unicode;

namespace CrankMailer.Mail.Compose;

/// <summary>A file in a message; the name is a content id for inline ones.</summary>
internal sealed record AttachedFile
{
    private AttachedFile(string name, MediaType type, ReadOnlyMemory<byte> content) => (Name, Type, Content) = (name, type, content);

    public string Name { get; }

    public MediaType Type { get; }

    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>R19: text without a charset would be read as ASCII, or as whatever the reader's program guesses.</summary>
    public string ContentType => Type.IsText ? $"{Type}; charset=utf-8" : Type.Value;

    /// <exception cref="ArgumentException">It may not be sent as that.</exception>
    public static AttachedFile Create(string name, string mediaType, ReadOnlyMemory<byte> content)
    {
        var type = MediaType.Create(mediaType);
        // RFC 2045 6.4: these may not be base64, and every file is (R20).
        if (type.IsComposite) throw new ArgumentException($"A file may not be sent as {type}: send it as application/octet-stream.", nameof(mediaType));
        if (type.IsText && !Utf8.IsValid(content.Span)) throw new ArgumentException($"A file sent as {type} must be UTF-8: save it as that, or send it as application/octet-stream.", nameof(content));
        return new AttachedFile(name, type, content);
    }
}
