using System.Buffers;
using System.CommandLine;
using System.Text;
using CrankMailer.Scriban;
using CrankMailer.Scriban.Personal;
using HandlebarsDotNet;

namespace CrankMailer.Benchmarks;

/// <summary>
/// <c>scriban</c>: a newsletter body with holes for one recipient, as a program of the full language and as the compiled personal phase, beside
/// Handlebars.Net and beside copying the finished octets. All give the same octets, which is checked before anything is measured.
/// </summary>
internal static class ScribanBenchmark
{
    private const string Copy = "copy of the octets";
    private const string Personal = "personal phase";
    private const string Program = "Scriban program";
    private static readonly string[] Rivals = ["Handlebars.Net to UTF-8", "Handlebars.Net to text", "Handlebars.Net to a string"];

    private static readonly Option<int> Kilobytes = new("--kilobytes") { Description = "Size of the body.", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> Holes = new("--holes") { Description = "Personal holes in it.", DefaultValueFactory = _ => 30 };

    public static Command Create()
    {
        Kilobytes.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--kilobytes is at least 1."); });
        Holes.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--holes is at least 1."); });
        var command = new Command("scriban", "Parse and render of a newsletter body, beside Handlebars.Net and a bare copy. Example: scriban --kilobytes 60 --holes 30") { Kilobytes, Holes };
        command.SetAction(result => Run(result.GetValue(Kilobytes), result.GetValue(Holes)));
        return command;
    }

    private static int Run(int kilobytes, int holes)
    {
        var body = SampleBody.Make(kilobytes * 1024, holes);
        var model = SampleBody.Reader();
        var output = new ArrayBufferWriter<byte>(2 * kilobytes * 1024);

        var program = ScribanTemplate.Parse(body);
        var options = new ScribanOptions();
        var personal = PersonalTemplate.Compile(body, new PersonalSyntax { UrlHosts = ["news.example.test"], SafeUrls = ["links.*"] });
        if (personal.Errors.Count > 0) throw new ScribanException(personal.Errors);
        var values = new SampleBody.Values(model);
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        var toText = handlebars.Compile(new StringReader(body));
        var toString = handlebars.Compile(body);
        var text = new StringWriter(new StringBuilder(2 * kilobytes * 1024));
        var memory = new MemoryStream(2 * kilobytes * 1024);
        var stream = new StreamWriter(memory, new UTF8Encoding(false), 16 * 1024);

        var wanted = toString(model);
        var octets = Encoding.UTF8.GetBytes(wanted);
        var target = new byte[octets.Length];
        var contenders = new (string Name, Action Run)[]
        {
            (Copy, () => octets.CopyTo(target, 0)),
            (Personal, () => { output.ResetWrittenCount(); personal.Write(values, output); }),
            (Program, () => { output.ResetWrittenCount(); program.Render(model, output, options, CancellationToken.None); }),
            (Rivals[0], () => { memory.SetLength(0); toText(stream, model); stream.Flush(); }),
            (Rivals[1], () => { text.GetStringBuilder().Clear(); toText(text, model); }),
            (Rivals[2], () => toString(model)),
        };
        foreach (var (name, run) in contenders[1..3])
        {
            run();
            if (output.WrittenSpan.SequenceEqual(octets)) continue;
            System.Console.Error.WriteLine($"error: {name} gives other octets than Handlebars.Net, so their speeds say nothing.");
            return 1;
        }

        System.Console.WriteLine($"render: {octets.Length / 1024} KB, {holes} holes, one thread; medians");
        var figures = Rounds.Measure(contenders);
        foreach (var (name, figure) in figures) Print(name, figure);
        var best = Rivals.Min(r => figures[r].Microseconds);
        System.Console.WriteLine($"ratio: program {figures[Program].Microseconds / best:0.00} times Handlebars.Net's best time (target 2), {figures[Program].Octets / figures[Rivals[2]].Octets:0.000} of the memory of its string (target 0.05; into a kept writer it takes none)");
        System.Console.WriteLine($"ratio: personal phase {figures[Personal].Microseconds / figures[Copy].Microseconds:0.0} times the copy (target 6), {figures[Personal].Octets:0} octets allocated (target 0)");

        System.Console.WriteLine("parse:");
        const string ours = "Scriban parse", personalParse = "personal compile", theirs = "Handlebars.Net compile";
        var parsing = Rounds.Measure(
        [
            (ours, () => ScribanTemplate.Parse(body)),
            (personalParse, () => PersonalTemplate.Compile(body, new PersonalSyntax { UrlHosts = ["news.example.test"], SafeUrls = ["links.*"] })),
            (theirs, () => Handlebars.Create(new HandlebarsConfiguration { NoEscape = true }).Compile(new StringReader(body))),
        ]);
        foreach (var (name, figure) in parsing) Print(name, figure);
        System.Console.WriteLine($"ratio: parse {parsing[theirs].Microseconds / parsing[ours].Microseconds:0} times faster than Handlebars.Net's compile");
        return 0;
    }

    private static void Print(string name, Rounds.Figure figure) => System.Console.WriteLine($"  {name,-28}{figure.Microseconds,10:0.00} µs {figure.Octets,12:0} octets");
}
