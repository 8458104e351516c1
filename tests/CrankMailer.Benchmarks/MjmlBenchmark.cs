using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CrankMailer.Mjml;

namespace CrankMailer.Benchmarks;

/// <summary>
/// <c>mjml</c>: newsletters compiled to HTML, beside npm's mjml and mrml (started once, warm, in the same run) and beside the floor: cutting the input
/// into tags, attributes and texts and copying the finished output.
/// </summary>
internal static class MjmlBenchmark
{
    private static readonly (string Name, int Sections, int Links, double OverMjml, double OverMrml)[] Documents =
        [("small", 25, 50, 80, 3.5), ("large", 200, 1000, 27, 1.9), ("ten times large", 2000, 10_000, 0, 0)];

    public static Command Create()
    {
        var command = new Command("mjml", "Compile newsletters, beside npm's mjml and mrml, which are installed into a folder of their own below the temporary folder. Example: mjml");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult _, CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), "crankmailer-bench-mjml");
        Directory.CreateDirectory(folder);
        foreach (var (name, sections, links, _, _) in Documents) await File.WriteAllTextAsync(FileOf(folder, name), SampleMjml.Make(sections, links), ct);
        foreach (var file in new[] { "package.json", "rivals.mjs" }) File.Copy(Path.Combine(AppContext.BaseDirectory, "mjml", file), Path.Combine(folder, file), overwrite: true);
        var rivals = await RivalsAsync(folder, ct);

        foreach (var (name, sections, links, overMjml, overMrml) in Documents)
        {
            var text = await File.ReadAllTextAsync(FileOf(folder, name), ct);
            var html = MjmlCompiler.Render(text);
            var tokens = new List<(int, int)>();
            var figures = Rounds.Measure([("floor", () => Floor(text, tokens, html)), ("ours", () => MjmlCompiler.Render(text))]);
            var ours = figures["ours"].Microseconds / 1000;
            System.Console.WriteLine($"{name}: {sections} sections, {links} links, {text.Length / 1024} KB in, {html.Length / 1024} KB out, {figures["ours"].Octets / html.Length:0.0} octets allocated per character of output");
            System.Console.WriteLine($"  ours {ours:0.000} ms, floor {figures["floor"].Microseconds / 1000:0.000} ms: {figures["ours"].Microseconds / figures["floor"].Microseconds:0.0} times the floor (target 12)");
            if (rivals is null || overMjml == 0) continue;
            var rival = rivals.RootElement.GetProperty(FileOf(folder, name));
            var (mjml, mrml) = (rival.GetProperty("mjml").GetDouble(), rival.GetProperty("mrml").GetDouble());
            System.Console.WriteLine($"  npm mjml {mjml:0.0} ms: ours is {mjml / ours:0.0} times faster (target {overMjml}); npm mrml {mrml:0.00} ms: {mrml / ours:0.0} times (target {overMrml})");
        }
        return rivals is null ? 1 : 0;
    }

    private static string FileOf(string folder, string name) => Path.Combine(folder, name.Replace(' ', '-') + ".mjml");

    /// <returns>Null where node or its packages are not to be had; said on stderr.</returns>
    private static async Task<JsonDocument?> RivalsAsync(string folder, CancellationToken ct)
    {
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "mrml")) && await RunAsync("npm", ["install", "--no-fund", "--no-audit", "--silent"], folder, ct) is null) return null;
        var files = Documents.Where(d => d.OverMjml > 0).Select(d => FileOf(folder, d.Name));
        return await RunAsync("node", ["rivals.mjs", .. files], folder, ct) is { } json ? JsonDocument.Parse(json) : null;
    }

    private static async Task<string?> RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken ct)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })
                ?? throw new InvalidOperationException($"{program} did not start.");
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            if (process.ExitCode == 0) return output;
            await System.Console.Error.WriteLineAsync($"error: {program} ended with {process.ExitCode}; ours is measured alone.");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            await System.Console.Error.WriteLineAsync($"error: {program} is not here ({error.Message}); ours is measured alone.");
        }
        return null;
    }

    /// <summary>The least any compiler does: find every tag with its attributes and every text, and write as much as comes out.</summary>
    private static string Floor(string text, List<(int Start, int Length)> tokens, string html)
    {
        tokens.Clear();
        for (var i = 0; i < text.Length;)
        {
            var open = text.IndexOf('<', i);
            if (open < 0) break;
            if (open > i) tokens.Add((i, open - i));
            for (i = open + 1; i < text.Length && text[i] != '>';)
            {
                if (text[i] is ' ' or '\n' or '=' or '/')
                {
                    i++;
                    continue;
                }
                var start = i;
                if (text[i] == '"') i = text.IndexOf('"', i + 1) is > 0 and var quote ? quote + 1 : text.Length;
                else while (i < text.Length && text[i] is not (' ' or '\n' or '=' or '/' or '>')) i++;
                tokens.Add((start, i - start));
            }
            i++;
        }
        return new string(html.AsSpan());
    }
}
