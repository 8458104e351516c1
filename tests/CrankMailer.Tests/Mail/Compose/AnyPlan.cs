using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using CrankMailer.Mail.Compose;

namespace CrankMailer.Tests.Mail.Compose;

/// <summary>A random text with holes and branches, and what a reader must get of it.</summary>
internal sealed class AnyPlan : IHoleValues
{
    private static readonly string[] Latin =
    [
        ".", "..", "\n", "\r\n", "\r", " ", "  ", "\t", "=", "=3D", "=20", "=\r\n", "ü", "x", "--", "--=_", "From ", "\nFrom here", "\n.\n", "\0", new string('y', 74), new string('y', 75),
        new string('z', 76), new string('e', 74) + "=", " \n", "\u00a0", "\u200d", "\ud800", "\udc00x", "é", "<p>", "&amp;", "~", "{{", "\u2028", new string(' ', 90), "",
    ];

    private static readonly string[] Wide = ["日本語", "Новости порта ", "한국", "مرحبا ", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\n", "é", "\ud83d"];

    private readonly Random random;
    private readonly string[] words;
    private readonly List<string> values = [];
    private readonly List<bool> choices = [];
    private int depth;

    public AnyPlan(Random random, int length)
    {
        this.random = random;
        words = random.Next(3) switch { 0 => Latin, 1 => Wide, _ => [.. Latin, .. Wide] };
        Segments = Make(length);
    }

    public IReadOnlyList<PlanSegment> Segments { get; }

    /// <summary>As UTF-8 knows it, NUL left out, all line ends CRLF; a line end is never made of two neighbours.</summary>
    public string Expected => Text(Segments, Canonical);

    /// <summary>As UTF-8 knows it, nothing left out.</summary>
    public string Raw => Text(Segments, Encoding.UTF8.GetString);

    public void Write(int hole, IBufferWriter<byte> utf8) => utf8.Write(Encoding.UTF8.GetBytes(values[hole]));

    public bool IsTrue(int condition) => choices[condition];

    private List<PlanSegment> Make(int length)
    {
        var segments = new List<PlanSegment>();
        for (var n = random.Next(length + 1); n > 0; n--)
        {
            switch (random.Next(depth < 4 ? 6 : 5))
            {
                case 0 or 1:
                    values.Add(Words(8));
                    segments.Add(PlanSegment.Value(values.Count - 1));
                    break;
                case 5:
                    choices.Add(random.Next(2) == 0);
                    var condition = choices.Count - 1;
                    depth++;
                    segments.Add(new PlanSegment.Branch(condition, Make(length / 2), Make(length / 2)));
                    depth--;
                    break;
                default:
                    segments.Add(PlanSegment.Text(Words(20)));
                    break;
            }
        }
        return segments;
    }

    private string Words(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => words[random.Next(words.Length)]));

    private string Text(IReadOnlyList<PlanSegment> segments, Func<byte[], string> form)
    {
        var text = new StringBuilder();
        var literal = new List<byte>();
        foreach (var segment in segments)
        {
            if (segment is PlanSegment.Literal { Utf8: var more }) { literal.AddRange(more.Span); continue; }
            text.Append(form([.. literal]));
            literal.Clear();
            text.Append(segment switch
            {
                PlanSegment.Hole hole => form(Encoding.UTF8.GetBytes(values[hole.Number])),
                PlanSegment.Branch branch => Text(choices[branch.Condition] ? branch.Then : branch.Else, form),
                _ => "",
            });
        }
        return text.Append(form([.. literal])).ToString();
    }

    private static string Canonical(byte[] utf8) => Regex.Replace(Encoding.UTF8.GetString(utf8), "\r\n|\r|\n", "\r\n").Replace("\0", "", StringComparison.Ordinal);
}
