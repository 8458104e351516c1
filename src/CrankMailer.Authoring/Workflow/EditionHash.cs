using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CrankMailer.Model.Issues;

namespace CrankMailer.Authoring.Workflow;

/// <summary>What an approval is bound to (design §4): everything a reader gets, and every picture by its content.</summary>
internal static class EditionHash
{
    /// <param name="pictures">SHA-256 of every stored picture the HTML names.</param>
    /// <returns>Lower-case hex.</returns>
    public static string Of(Edition edition, IEnumerable<string> pictures)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string?[] parts =
        [
            edition.Lang, edition.Subject, edition.Preheader, edition.Html, edition.Text, edition.FromName, edition.FromEmail, edition.ReplyTo, edition.PostalAddress,
            edition.ThemeName, edition.ThemeHash, edition.Links, .. pictures.Order(StringComparer.Ordinal),
            .. edition.Files.OrderBy(f => f.Position).SelectMany(f => new[] { f.Inline ? "inline" : "attached", f.Name, f.MediaType, Convert.ToHexStringLower(SHA256.HashData(f.Bytes)) }),
        ];
        foreach (var part in parts) Add(hash, part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Each with its length, so that no text can move from one field to the next and leave the hash the same; null differs from empty.
    private static void Add(IncrementalHash hash, string? text)
    {
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
