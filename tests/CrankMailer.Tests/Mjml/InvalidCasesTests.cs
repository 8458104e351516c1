using CrankMailer.Mjml;

namespace CrankMailer.Tests.Mjml;

/// <summary>
/// Invalid documents: cases/invalid/NAME.mjml has the problems of NAME.problems, a line each, and is rendered or refused.
/// UPDATE_GOLDEN=1 rewrites them; the errors are to be reviewed against those of mjml 5.4.1.
/// </summary>
public sealed class InvalidCasesTests
{
    public static TheoryData<string> Cases() =>
        [.. Directory.EnumerateFiles(ComponentCasesTests.CasesFolder("invalid"), "*.mjml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_invalid_document_has_its_problems(string name)
    {
        var file = Path.Combine(ComponentCasesTests.CasesFolder("invalid"), name);
        var actual = Problems(File.ReadAllText(file + ".mjml"), name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file + ".problems", actual);
        }

        Assert.Equal(File.ReadAllText(file + ".problems"), actual);
    }

    private static string Problems(string mjml, string name)
    {
        try
        {
            var result = MjmlCompiler.Compile(mjml, MjmlOptions.Default with { SourceName = name });
            return string.Concat(result.Problems.Select(p => p + "\n")) + "rendered\n";
        }
        catch (MjmlException refusal)
        {
            return refusal.Message + "\nrefused\n";
        }
    }
}
