using System.Text.Json;
using CrankMailer.Scriban;

namespace CrankMailer.Tests.Scriban;

/// <summary>
/// Our own cases: <c>cases/GROUP/NAME.scriban</c> beside NAME.out, what it writes, or NAME.error, its messages. The model is cases/model.json;
/// templates to include are <c>cases/include/*.inc</c>.
/// </summary>
public sealed class CaseTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Scriban", "cases");

    private static readonly JsonDocument Model = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "model.json")));

    public static TheoryData<string> Names() =>
        [.. Directory.EnumerateFiles(Root, "*.scriban", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Root, f)[..^8]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_gives_what_lies_beside_it(string name)
    {
        var template = File.ReadAllText(Path.Combine(Root, name + ".scriban")).TrimEnd('\n');
        var errorFile = Path.Combine(Root, name + ".error");
        var options = new ScribanOptions { Include = Include, Time = new FixedTime() };
        string Render() => ScribanTemplate.Parse(template, Path.GetFileName(name)).Render(Model, options, TestContext.Current.CancellationToken);
        if (File.Exists(errorFile)) Assert.Equal(File.ReadAllText(errorFile).TrimEnd('\n'), Assert.Throws<ScribanException>(Render).Message.TrimEnd('\n'));
        else Assert.Equal(File.ReadAllText(Path.Combine(Root, name + ".out")).TrimEnd('\n'), Render().TrimEnd('\n'));
    }

    private static string? Include(string name)
    {
        var file = Path.Combine(Root, "include", name + ".inc");
        return File.Exists(file) ? File.ReadAllText(file).TrimEnd('\n') : null;
    }

    private sealed class FixedTime : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2026, 6, 18, 17, 5, 9, TimeSpan.Zero);
    }
}
