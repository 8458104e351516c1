using System.Text;
using CrankMailer.Mjml;
using CrankMailer.Mjml.Components;

namespace CrankMailer.Tests.Mjml;

/// <summary>Random and mutated documents: an answer or a refusal with its place, nothing else.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
        "<", ">", "/>", "</", "\"", "'", "=", " ", "\n", "&", "&amp;", "<!--", "-->", "<![CDATA[", "]]>", "{{", "}}", "{{ x }}", "<?", "\0", "é", "\uD800",
        "<b>", "</b>", "<br>", "text", "px", "10px", "50%", "#abc", "red", "-1", "99999999999999999999px", "css-class", "mj-class=\"a\"", "mj-all",
        "<mj-include path=\"../x\" />", "inline=\"inline\"", "<mj-style inline=\"inline\">a{b:c}</mj-style>", "full-width=\"full-width\"", "gutter=\"10px\"",
    ];

    public static TheoryData<int> Seeds() => [1, 2, 3, 4, 5, Random.Shared.Next()];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_documents_are_answered_or_refused(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var mjml = new StringBuilder("<mjml><mj-body>");
            AppendElement(mjml, random, 0);
            Check(mjml.Append("</mj-body></mjml>").ToString(), random);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mutated_documents_are_answered_or_refused(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var originals = Directory.EnumerateFiles(ComponentCasesTests.CasesFolder(), "*.mjml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        for (var i = 0; i < 300; i++)
        {
            Check(Mutate(originals[random.Next(originals.Count)], random), random);
        }
    }

    private static void Check(string mjml, Random random)
    {
        var options = MjmlOptions.Default with
        {
            Layout = (MjmlLayout)random.Next(3),
            Validation = (MjmlValidation)random.Next(3),
            KeepComments = random.Next(2) == 0,
        };
        try
        {
            var result = MjmlCompiler.Compile(mjml, options);
            Assert.All(result.Problems, p => Assert.True(p is { Line: > 0, Column: > 0 }));
            Assert.EndsWith("\n", result.Html);
        }
        catch (MjmlException refusal)
        {
            Assert.Matches(@"^mjml\(\d+,\d+\): error: ", refusal.Message);
        }
        catch (Exception crash) when (crash is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{crash}\n{mjml}");
        }
    }

    private static void AppendElement(StringBuilder mjml, Random random, int depth)
    {
        var components = MjmlComponents.Standard.All;
        var component = components[random.Next(components.Count)];
        mjml.Append('<').Append(component.Tag);
        for (var i = random.Next(6); i > 0 && component.Attributes.All.Count > 0; i--)
        {
            var attribute = component.Attributes.All[random.Next(component.Attributes.All.Count)];
            mjml.Append(' ').Append(attribute.Name).Append("=\"").Append(Pieces[random.Next(Pieces.Length)].Replace("\"", "")).Append('"');
        }

        mjml.Append('>');
        for (var i = random.Next(5); i > 0; i--)
        {
            if (depth < 8 && random.Next(3) > 0)
            {
                AppendElement(mjml, random, depth + 1);
            }
            else
            {
                mjml.Append(Pieces[random.Next(Pieces.Length)]);
            }
        }

        mjml.Append(random.Next(10) == 0 ? "" : $"</{component.Tag}>");
    }

    private static string Mutate(string original, Random random)
    {
        var text = new StringBuilder(original);
        for (var i = 1 + random.Next(8); i > 0; i--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(40), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(200), text.Length - at)));
                    break;
                default:
                    text[at] = (char)random.Next(1, 256);
                    break;
            }

            if (text.Length == 0)
            {
                return original;
            }
        }

        return text.ToString();
    }
}
