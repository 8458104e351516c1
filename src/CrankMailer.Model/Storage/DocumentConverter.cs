using System.Text.Json;
using CrankMailer.Model.Documents;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrankMailer.Model.Storage;

/// <summary>A document record in a text column: its compact JSON.</summary>
internal sealed class DocumentConverter<T>() : ValueConverter<T, string>(value => Write(value), text => Read(text)) where T : class
{
    public static string Write(T value) => JsonSerializer.Serialize(value, IssueJson.Compact);

    private static T Read(string text) =>
        JsonSerializer.Deserialize<T>(text, IssueJson.Compact) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");
}

/// <summary>Documents are immutable, so a snapshot is the value itself; equal is what writes the same JSON.</summary>
internal sealed class DocumentComparer<T>() : ValueComparer<T>(
    (a, b) => ReferenceEquals(a, b) || (a != null && b != null && DocumentConverter<T>.Write(a) == DocumentConverter<T>.Write(b)),
    value => DocumentConverter<T>.Write(value).GetHashCode(StringComparison.Ordinal),
    value => value) where T : class;
