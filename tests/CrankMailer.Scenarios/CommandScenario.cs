using System.Text.Json;
using System.Text.RegularExpressions;

namespace CrankMailer.Scenarios;

/// <summary>The commands that need no publication, as a shell sees them: exit codes, what goes to which stream.</summary>
public sealed partial class CommandScenario : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crankcommands").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Draft => Path.Combine(AppContext.BaseDirectory, "fixtures", "april.md");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_draft_becomes_an_issue_that_is_checked_and_mended()
    {
        var file = Path.Combine(_folder, "2033-04.md");
        File.Copy(Path.Combine(Path.GetDirectoryName(Draft) ?? "", "publication.yaml"), Path.Combine(_folder, "publication.yaml"));
        var imported = await RunAsync("issue", "import", Draft, "-o", file);
        Assert.True(imported.Exit == 0, imported.Err);
        Assert.Equal("", imported.Out);
        Assert.Contains("Gull Rock light is lit again", await File.ReadAllTextAsync(file, Ct));
        var json = await RunAsync("issue", "import", Draft, "--format", "json");
        Assert.Equal("2033-04", JsonDocument.Parse(json.Out).RootElement.GetProperty("period").GetString());

        var unsendable = await RunAsync("issue", "check", file); // the draft has no subject line
        Assert.Equal(1, unsendable.Exit);
        Assert.Contains("error: ", unsendable.Err + unsendable.Out);

        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Ct)).Replace("period:", "subject: The light is lit\nperiod:", StringComparison.Ordinal), Ct);
        var mended = await RunAsync("issue", "check", file);
        Assert.True(mended.Exit == 0, mended.Out + mended.Err);
    }

    [Theory]
    [InlineData("bad.md", "---\ntitle: \"never closed\nsubject: x\n---\n", "issue", "check")]
    [InlineData("bad.mjml", "<mjml>\n  <mj-body>\n    <mj-nonsense/>\n  </mj-body>\n</mjml>", "mjml")]
    [InlineData("bad.scriban", "one\n{{ if x }}\nno end", "scriban")]
    public async Task Bad_input_is_answered_with_its_place_and_no_trace(string name, string content, params string[] command)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, content, Ct);

        var ran = await RunAsync([.. command, file]);

        Assert.Equal(1, ran.Exit);
        Assert.Matches(Regex.Escape(name) + @"\(\d+,\d+\) ?: error ?: \S", ran.Err);
        Assert.DoesNotContain("   at CrankMailer", ran.Err);
    }

    [Theory]
    [InlineData(1, "issue", "import", "nowhere.txt")]
    [InlineData(1, "issue", "check", "nowhere.md")]
    [InlineData(1, "campaign", "status", "1")]
    [InlineData(2, "campaign", "status")]
    [InlineData(2, "campaign", "status", "one")]
    [InlineData(1, "smtp-reply", "hello")]
    [InlineData(1, "smtp-reply", "999 foo")]
    [InlineData(1, "smtp-reply", "")]
    [InlineData(1, "db", "backup", "nowhere/today.db")]
    [InlineData(2, "serve", "--urls", "nonsense")]
    [InlineData(2, "serve", "--nonsense")]
    [InlineData(2, "nonsense")]
    public async Task The_exit_code_tells_refused_from_bad_usage(int exit, params string[] command)
    {
        var ran = await RunAsync(command);
        Assert.True(exit == ran.Exit, $"{ran.Exit}:\n{ran.Out}\n{ran.Err}");
        Assert.Contains("error: ", ran.Err);
        Assert.DoesNotContain("   at ", ran.Err);
        Assert.Equal("", ran.Out);
    }

    [Fact]
    public async Task Every_commands_help_has_an_example()
    {
        var without = new List<string>();
        var seen = 0;
        await LookAsync([]);
        Assert.InRange(seen, 20, 100);
        Assert.Equal([], without);

        async Task LookAsync(string[] command)
        {
            var help = await RunAsync([.. command, "--help"]);
            Assert.Equal(0, help.Exit);
            var below = Subcommands().Matches(help.Out[(help.Out.IndexOf("Commands:", StringComparison.Ordinal) is >= 0 and var at ? at : help.Out.Length)..]).Select(m => m.Groups[1].Value).ToList();
            if (below.Count == 0)
            {
                seen++;
                var name = string.Join(' ', command);
                if (!Regex.IsMatch(Spaces().Replace(help.Out, " "), $@"Example: (\S+=\S+ )*crankmailer {Regex.Escape(name)}")) without.Add(name);
            }
            await Task.WhenAll(below.Select(name => LookAsync([.. command, name])));
        }
    }

    private Task<Ran> RunAsync(params string[] arguments) => CrankProcess.RunAsync(new() { ["CRANKMAILER_DATA"] = Path.Combine(_folder, "data") }, arguments);

    [GeneratedRegex(@"^  ([a-z][a-z-]*)(?=\s)", RegexOptions.Multiline)]
    private static partial Regex Subcommands();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
