using System.Security.Cryptography;
using CrankMailer.Model;
using CrankMailer.Model.Issues;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrankMailer.Authoring.Workflow.Pictures;

/// <summary>Pictures by their content: stored once, cleaned of what cameras note, never changed.</summary>
public sealed class PictureStore(CrankDb db, TimeProvider clock, ILogger<PictureStore> log)
{
    /// <summary>Octets. A mail's pictures load over phones; the host takes 4 MB a request.</summary>
    public const int LargestFile = 3 * 1024 * 1024;

    private const int LongestSide = 6000;

    /// <returns>The stored picture's path in an issue, <c>/m/{sha256}.{ext}</c>; or why it was refused.</returns>
    public async Task<(StoredPicture? Stored, Problem? Problem)> SaveAsync(byte[] bytes, CancellationToken ct)
    {
        if (Refuse(bytes, out var picture) is { } refusal) return (null, new Problem(Severity.Error, "picture", refusal));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(picture.Clean));
        var stored = new StoredPicture($"/m/{sha256}.{picture.Extension}", picture.Width, picture.Height);
        if (await db.Pictures.AnyAsync(p => p.Sha256 == sha256, ct)) return (stored, null);
        db.Pictures.Add(new Picture
        {
            Sha256 = sha256, Extension = picture.Extension, Width = picture.Width, Height = picture.Height, Bytes = picture.Clean, CreatedAt = clock.Instant(),
        });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (db.Pictures.AsNoTracking().Any(p => p.Sha256 == sha256))
        {
            db.ChangeTracker.Clear(); // somebody uploaded the same at this moment
        }
        log.PictureStored(sha256, picture.Width, picture.Height, picture.Clean.Length);
        return (stored, null);
    }

    private static string? Refuse(byte[] bytes, out PictureInfo picture)
    {
        picture = new PictureInfo("", 0, 0, []);
        if (bytes.Length == 0) return "No file came along: choose one.";
        if (bytes.Length > LargestFile) return $"The picture has {bytes.Length / 1024 / 1024.0:0.0} MB; make it smaller than {LargestFile / 1024 / 1024} MB.";
        if (PictureReader.Find(bytes) is not { } info) return "This is no whole PNG, JPEG or GIF. Other formats are not shown by every mail program: save it as one of these.";
        if (info.Width > LongestSide || info.Height > LongestSide) return $"The picture is {info.Width} × {info.Height} pixels; {LongestSide} a side is the most. 1,200 are enough for any mail.";
        picture = info;
        return null;
    }
}

/// <param name="Src">What an issue's image names: <c>/m/{sha256}.{ext}</c>.</param>
public sealed record StoredPicture(string Src, int Width, int Height);
