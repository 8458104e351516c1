using CrankMailer.Authoring.Workflow;
using CrankMailer.Console.Pages.Editor.Preview;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using CrankMailer.Tests.Authoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class ProblemLinkTests
{
    [Theory]
    [InlineData("sections[0].stories[1].headline", "textual"), InlineData("sections[0].stories[1].body", "textual"), InlineData("sections[0].stories[0].image.alt", "textual")]
    [InlineData("sections[0].stories[1]", "article"), InlineData("sections[0]", "section"), InlineData("sections[0].kind", "section"), InlineData("sections", "div")]
    [InlineData("subject", "textual"), InlineData("masthead[0].email", "textual")]
    public async Task A_check_leads_to_the_field_it_names(string item, string kind)
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await site.DoAsync(async services =>
        {
            var publication = await services.GetRequiredService<CrankDb>().Publications.SingleAsync(ConsoleSite.Ct);
            return await services.GetRequiredService<IssueDesk>().CreateAsync(publication, A.Issue(A.Stories(A.Story("One", "1"), A.Story("", "2"))), "new", null, ConsoleSite.Ct);
        });
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);

        var href = ProblemLink.Of(new Problem(Severity.Error, "x", "Mend it.", Item: item), "");
        var place = (await browser.GetAsync("/editor/1")).Find($"main {href}");

        Assert.NotNull(place);
        Assert.Contains(place.LocalName, kind == "textual" ? ["input", "textarea"] : (string[])[kind]);
    }

    [Theory]
    [InlineData(null, null), InlineData("html", null), InlineData("publication.why", "/settings"), InlineData("subject", "/editor/7#f-subject")]
    public void What_is_not_a_field_of_the_issue_leads_elsewhere_or_nowhere(string? item, string? href) =>
        Assert.Equal(href, ProblemLink.Of(new Problem(Severity.Error, "x", "Mend it.", Item: item), "/editor/7"));
}
