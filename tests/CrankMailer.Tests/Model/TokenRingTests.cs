using CrankMailer.Model.Tokens;

namespace CrankMailer.Tests.Model;

public sealed class TokenRingTests
{
    private static readonly byte[] Old = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)9, 32)];

    public static TheoryData<TokenPurpose> Purposes { get; } = [.. Enum.GetValues<TokenPurpose>()];

    [Theory, MemberData(nameof(Purposes))]
    public void A_token_reads_back_as_what_it_was_made_of(TokenPurpose purpose)
    {
        var ring = new TokenRing(new Dictionary<int, byte[]> { [1] = Old }, 1);
        var ids = purpose switch
        {
            TokenPurpose.Unsubscribe => new TokenIds(3, 1_234_567, 89),
            TokenPurpose.SystemMail => new TokenIds(5_000_000_000),
            _ => new TokenIds(12, 987_654_321),
        };

        var token = ring.Make(purpose, ids);

        Assert.InRange(token.Length, 20, 50);
        Assert.Equal(token.ToLowerInvariant(), token);
        Assert.True(ring.TryRead(token, purpose, out var read));
        Assert.Equal(ids, read);
        Assert.True(ring.TryRead(token.ToUpperInvariant(), purpose, out _));
    }

    [Fact]
    public void A_token_works_for_one_purpose_only()
    {
        var ring = new TokenRing(new Dictionary<int, byte[]> { [1] = Old }, 1);
        var token = ring.Make(TokenPurpose.ViewOnline, new TokenIds(1, 2));

        foreach (var other in Enum.GetValues<TokenPurpose>().Where(p => p != TokenPurpose.ViewOnline))
            Assert.False(ring.TryRead(token, other, out _));
    }

    [Fact]
    public void Every_single_changed_character_is_refused()
    {
        var ring = new TokenRing(new Dictionary<int, byte[]> { [1] = Old }, 1);
        var token = ring.Make(TokenPurpose.Unsubscribe, new TokenIds(1, 2, 3));

        for (var i = 0; i < token.Length; i++)
        {
            foreach (var c in "abcdefghijklmnopqrstuvwxyz234567-=+/é\0")
            {
                if (c == token[i]) continue;
                var forged = token[..i] + c + token[(i + 1)..];
                Assert.False(ring.TryRead(forged, TokenPurpose.Unsubscribe, out _), forged);
            }
        }
        Assert.False(ring.TryRead("", TokenPurpose.Unsubscribe, out _));
        Assert.False(ring.TryRead(new string('a', 5000), TokenPurpose.Unsubscribe, out _));
    }

    [Fact]
    public void A_rotated_key_still_reads_and_a_revoked_one_does_not()
    {
        var token = new TokenRing(new Dictionary<int, byte[]> { [1] = Old }, 1).Make(TokenPurpose.Bounce, new TokenIds(4, 5));

        Assert.True(new TokenRing(new Dictionary<int, byte[]> { [1] = Old, [2] = New }, 2).TryRead(token, TokenPurpose.Bounce, out _));
        Assert.False(new TokenRing(new Dictionary<int, byte[]> { [2] = New }, 2).TryRead(token, TokenPurpose.Bounce, out _));
    }

    [Fact]
    public void What_was_made_once_is_made_the_same_after_a_rotation()
    {
        var day = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var made = new Dictionary<int, DateTimeOffset> { [1] = day, [2] = day.AddDays(2), [3] = day.AddDays(4) };
        var ids = new TokenIds(4, 5);
        string Number(TokenRing ring) => new[] { 1, 2, 3 }.Single(n => ring.Make(TokenPurpose.MessageId, ids) == new TokenRing(new Dictionary<int, byte[]> { [n] = n == 1 ? Old : New }, n).Make(TokenPurpose.MessageId, ids)).ToString();

        var all = new TokenRing(new Dictionary<int, byte[]> { [1] = Old, [2] = New, [3] = New }, 3, made);
        Assert.Equal(["1", "1", "2", "3", "3"], new[] { 0, 1, 3, 4, 9 }.Select(days => Number(all.AsOf(day.AddDays(days)))));
        Assert.Equal("3", Number(all.AsOf(day.AddDays(-1)))); // before there was any key
        Assert.True(all.AsOf(day).TryRead(all.Make(TokenPurpose.MessageId, ids), TokenPurpose.MessageId, out _));

        var revoked = new TokenRing(new Dictionary<int, byte[]> { [2] = New, [3] = New }, 3, made);
        Assert.Equal("3", Number(revoked.AsOf(day)));
    }
}
