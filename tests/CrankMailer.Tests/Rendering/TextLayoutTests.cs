using CrankMailer.Rendering.Layout;

namespace CrankMailer.Tests.Rendering;

public sealed class TextLayoutTests
{
    [Fact]
    public void Lines_break_at_72_columns_and_words_stay_whole()
    {
        var text = TextLayout.Apply(string.Join(' ', Enumerable.Repeat("newsletter", 30)));
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 72));
        Assert.Equal(30, text.Split(' ', '\n').Count(w => w == "newsletter"));
    }

    [Fact]
    public void An_address_longer_than_the_line_is_not_broken()
    {
        var url = "https://example.test/" + new string('a', 90);
        Assert.Contains($"\n[1] {url}\n", TextLayout.Apply($"Links\n[1] {url}"));
    }

    [Fact]
    public void A_list_item_hangs_below_its_text()
    {
        var lines = TextLayout.Apply("- " + string.Join(' ', Enumerable.Repeat("word", 30))).Split('\n');
        Assert.StartsWith("- word", lines[0]);
        Assert.StartsWith("  word", lines[1]);
    }

    [Fact]
    public void A_quote_keeps_its_mark_on_every_line() =>
        Assert.All(TextLayout.Apply("> " + string.Join(' ', Enumerable.Repeat("word", 30))).TrimEnd().Split('\n'), line => Assert.StartsWith("> ", line));

    [Fact]
    public void A_rule_grows_to_the_line_above_and_wide_letters_count_double()
    {
        Assert.Equal("Heading\n=======\n", TextLayout.Apply("Heading\n==="));
        Assert.Equal("見出し\n------\n", TextLayout.Apply("見出し\n---"));
        Assert.Equal("a\n\n---\n", TextLayout.Apply("a\n\n---"));
    }

    [Fact]
    public void Chinese_and_japanese_break_between_letters_but_not_before_a_full_stop()
    {
        var lines = TextLayout.Apply(string.Concat(Enumerable.Repeat("港湾の記事です。", 20))).TrimEnd().Split('\n');
        Assert.True(lines.Length > 1);
        Assert.All(lines, line => Assert.True(TextWidth.Of(line) <= 72));
        Assert.All(lines, line => Assert.False(line.StartsWith('。')));
        Assert.Equal(string.Concat(Enumerable.Repeat("港湾の記事です。", 20)), string.Concat(lines));
    }

    [Fact]
    public void Hebrew_keeps_its_order_of_letters()
    {
        var words = string.Join(' ', Enumerable.Repeat("שלום", 40));
        Assert.Equal(words, TextLayout.Apply(words).TrimEnd().Replace('\n', ' '));
    }

    [Fact]
    public void Several_blank_lines_become_one() => Assert.Equal("a\n\nb\n", TextLayout.Apply("a\n\n \n\t\nb\n\n\n"));

    [Fact]
    public void A_hole_of_the_theme_is_never_broken() =>
        Assert.Contains("{{ links.view_online }}", TextLayout.Apply(new string('x', 68) + " {{ links.view_online }}"));
}
