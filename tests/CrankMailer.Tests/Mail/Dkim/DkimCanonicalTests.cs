using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Dkim;

namespace CrankMailer.Tests.Mail.Dkim;

/// <summary>The canonical forms look at many octets at a time; here they are beside the letter of RFC 6376 3.4, one octet or one expression at a time.</summary>
public sealed partial class DkimCanonicalTests
{
    private static readonly string[] Pieces = [" ", "  ", "\t", " \t", "\r\n", " \r\n", "\t\r\n", "\r\n ", "\r", "\n", "x", "word", "=C3=A9", ".", new string('y', 31), new string('z', 70)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_relaxed_body_is_what_the_rules_say_for_any_white_space(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3000; i++)
        {
            var body = AnyText(random, random.Next(60));
            Assert.Equal(RelaxedBody(body), Hashed(body, DkimCanonicalization.Relaxed));
        }
    }

    [Fact]
    public void A_long_body_is_gathered_whole()
    {
        var random = new Random(9);
        for (var i = 0; i < 20; i++)
        {
            var body = AnyText(random, random.Next(6000));
            Assert.Equal(RelaxedBody(body), Hashed(body, DkimCanonicalization.Relaxed));
            var simple = body;
            while (simple.EndsWith("\r\n", StringComparison.Ordinal)) simple = simple[..^2];
            Assert.Equal(Sha(simple + "\r\n"), Hashed(body, DkimCanonicalization.Simple));
        }
    }

    [Fact]
    public void The_length_of_an_l_tag_cuts_the_canonical_body()
    {
        const string body = "a  b\r\nc \r\n\r\n";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Assert.Equal(4, DkimCanonical.AppendBody(hash, Encoding.ASCII.GetBytes(body), DkimCanonicalization.Relaxed, limit: 4));
        Assert.Equal(Sha("a b\r"), Convert.ToHexString(hash.GetHashAndReset()));
    }

    [Fact]
    public void A_relaxed_header_is_what_the_rules_say_for_any_white_space()
    {
        var random = new Random(4);
        for (var i = 0; i < 3000; i++)
        {
            var value = AnyText(random, random.Next(12));
            using var output = new MessageBuffer();
            DkimCanonical.AppendHeader(output, Encoding.Latin1.GetBytes($"SubJect \t:{value}\r\n"), DkimCanonicalization.Relaxed);
            Assert.Equal($"subject:{RelaxedValue(value)}\r\n", Encoding.Latin1.GetString(output.WrittenSpan));
        }
    }

    private static string AnyText(Random random, int pieces) => string.Concat(Enumerable.Range(0, pieces).Select(_ => Pieces[random.Next(Pieces.Length)]));

    /// <summary>3.4.4: white space at line ends goes, runs become one space, empty lines at the end go; a body that is not empty ends in CRLF.</summary>
    private static string RelaxedBody(string body)
    {
        var lines = body.Split("\r\n").Select(line => Runs().Replace(line, " ").TrimEnd(' ')).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return Sha(string.Concat(lines.Select(line => line + "\r\n")));
    }

    /// <summary>3.4.2: unfolded, runs as one space, none at the ends.</summary>
    private static string RelaxedValue(string value) =>
        Runs().Replace(value.Trim(' ', '\t', '\r', '\n').Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), " ");

    private static string Hashed(string body, DkimCanonicalization form)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        DkimCanonical.AppendBody(hash, Encoding.ASCII.GetBytes(body), form);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string Sha(string text) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    [GeneratedRegex("[ \t]+")]
    private static partial Regex Runs();
}
