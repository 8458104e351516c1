using System.Text;
using CrankMailer.Authoring.Workflow.Pictures;
using CrankMailer.Model;
using CrankMailer.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Tests.Authoring.Workflow;

public sealed class PictureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, int> Kinds { get; } = new() { { "png", 3, 2 }, { "jpg", 6, 4 }, { "gif", 5, 7 } };

    [Theory, MemberData(nameof(Kinds))]
    public void Size_is_read_and_notes_are_taken_out(string kind, int width, int height)
    {
        var info = PictureReader.Find(Sample(kind));

        Assert.NotNull(info);
        Assert.Equal((kind, width, height), (info.Extension, info.Width, info.Height));
        Assert.DoesNotContain(SamplePictures.Secret, Encoding.Latin1.GetString(info.Clean));
        Assert.Equal(info.Clean, PictureReader.Find(info.Clean)?.Clean); // clean already
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_picture_cut_off_anywhere_is_refused_and_never_throws(string kind, int width, int height)
    {
        _ = (width, height);
        var whole = PictureReader.Find(Sample(kind))!.Clean;
        for (var length = 0; length < whole.Length; length++) Assert.Null(PictureReader.Find(whole[..length]));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Garbled_pictures_never_throw(string kind, int width, int height)
    {
        var random = new Random(width * 100 + height);
        var whole = Sample(kind);
        for (var i = 0; i < 5_000; i++)
        {
            var garbled = whole.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--) garbled[random.Next(garbled.Length)] = (byte)random.Next(256);
            PictureReader.Find(garbled);
        }
    }

    [Theory, InlineData(1, 6, 4), InlineData(3, 6, 4), InlineData(6, 4, 6), InlineData(8, 4, 6)]
    public void A_turned_photo_keeps_its_turn_and_nothing_else(int orientation, int width, int height)
    {
        var info = PictureReader.Find(SamplePictures.Jpeg(orientation: orientation));

        Assert.Equal((width, height), (info!.Width, info.Height));
        Assert.DoesNotContain(SamplePictures.Secret, Encoding.Latin1.GetString(info.Clean));
        Assert.Equal(orientation != 1, Encoding.Latin1.GetString(info.Clean).Contains("Exif"));
        Assert.Equal((width, height), (PictureReader.Find(info.Clean)!.Width, PictureReader.Find(info.Clean)!.Height));
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_same_picture_is_stored_once_under_its_content(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);

        var (first, _) = await fixture.Pictures.SaveAsync(SamplePictures.Png(), Ct);
        var (second, _) = await fixture.Pictures.SaveAsync(SamplePictures.Png(), Ct);

        Assert.Equal(first, second);
        Assert.Matches("^/m/[0-9a-f]{64}\\.png$", first!.Src);
        await using var db = fixture.Open();
        Assert.Equal(first.Src[3..67], (await db.Pictures.SingleAsync(Ct)).Sha256);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_is_no_picture_or_too_big_is_refused_with_a_reason(DatabaseEngine engine)
    {
        await using var fixture = await DeskFixture.CreateAsync(engine);
        byte[][] bad = [[], "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), SamplePictures.Png(7000, 1), new byte[PictureStore.LargestFile + 1]];
        foreach (var bytes in bad)
        {
            var (stored, problem) = await fixture.Pictures.SaveAsync(bytes, Ct);
            Assert.Null(stored);
            Assert.False(string.IsNullOrEmpty(problem?.Text));
        }
    }

    private static byte[] Sample(string kind) => kind switch { "png" => SamplePictures.Png(), "jpg" => SamplePictures.Jpeg(), _ => SamplePictures.Gif() };
}
