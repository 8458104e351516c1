using System.Text;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Benchmarks;

/// <summary>A newsletter's HTML after the first phase: long literals, and holes in text and in links as a theme leaves them.</summary>
internal static class SampleBody
{
    private static readonly string[] Names = ["subscriber.first_name", "subscriber.name", "subscriber.email", "campaign.id"];

    public static string Make(int octets, int holes)
    {
        var body = new StringBuilder(octets + 1024).Append("<!doctype html><html lang=\"en\"><body>");
        var between = (octets - body.Length) / holes;
        for (var hole = 0; hole < holes; hole++)
        {
            var end = body.Length + between;
            if (hole % 3 == 0) body.Append("<p><a href=\"{{ links.preferences }}\">Choose what you get</a></p>");
            else body.Append("<p>Dear {{ ").Append(Names[hole % Names.Length]).Append(" }},</p>");
            while (body.Length < end)
                body.Append("<tr><td style=\"font-family:Georgia,serif;font-size:16px;line-height:1.5;padding:0 24px;color:#1c2a33\">The harbour office counted ").Append(body.Length).Append(" boats – more than in any spring before.</td></tr>\n");
        }
        return body.Append("</body></html>").ToString();
    }

    public static Dictionary<string, object> Reader() => new(StringComparer.Ordinal)
    {
        ["subscriber"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["first_name"] = "Zoë", ["name"] = "Zoë Okonkwo-Brandt", ["email"] = "zoe.okonkwo@example.org" },
        ["campaign"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = "2026-11" },
        ["links"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["preferences"] = "https://news.example.test/preferences/k3v9c2h7q1d8s5f0" },
    };

    /// <summary>The same reader as the personal phase asks for one.</summary>
    internal sealed class Values(Dictionary<string, object> model) : IPersonalValues
    {
        private readonly Dictionary<string, PersonalValue> _values = model
            .SelectMany(group => ((Dictionary<string, object>)group.Value).Select(v => KeyValuePair.Create($"{group.Key}.{v.Key}", PersonalValue.Of((string)v.Value))))
            .ToDictionary(StringComparer.Ordinal);

        public PersonalValue Find(string path) => _values.GetValueOrDefault(path);
    }
}
