using CrankMailer.Commands;

namespace CrankMailer.Tests.Commands;

public sealed class UsageErrorsTests
{
    [Theory]
    [InlineData("campaign start abc", "crankmailer campaign start", "<id> takes a whole number, and not 'abc'.")]
    [InlineData("demo --readers many", "crankmailer demo", "--readers takes a whole number, and not 'many'.")]
    [InlineData("subscribers import r.csv --consent sheet --consent-date foo", "crankmailer subscribers import", "--consent-date takes a date such as 2026-06-18, and not 'foo'.")]
    [InlineData("serve --urls nonsense", "crankmailer serve", "--urls: 'nonsense' is no address; write http://localhost:5080")]
    [InlineData("--urls nonsense", "crankmailer", "--urls: 'nonsense' is no address; write http://localhost:5080")]
    [InlineData("subscribers import r.csv --consent-date 2026-03-01", "crankmailer subscribers import", "Option '--consent' is required.")]
    public void Bad_usage_is_said_without_names_of_types_and_with_the_command_that_was_typed(string line, string command, string words)
    {
        var parsed = CrankCommands.CreateRoot().Parse(line.Split(' '));
        Assert.Equal(words, Assert.Single(parsed.Errors.Select(UsageErrors.Say).Distinct()));
        Assert.Equal(command, UsageErrors.NameOf(parsed.CommandResult));
    }

    [Fact]
    public void Help_names_the_program_as_it_is_typed_and_says_what_it_does_without_a_command()
    {
        using var output = new StringWriter();
        Assert.Equal(0, CrankCommands.CreateRoot().Parse(["--help"]).Invoke(new() { Output = output }));
        Assert.Contains("crankmailer [command] [options]", output.ToString());
        Assert.Contains("Without a command it is 'crankmailer serve'", output.ToString());
    }
}
