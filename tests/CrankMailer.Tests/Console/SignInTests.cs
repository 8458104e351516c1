using System.Net;
using CrankMailer.Model.Accounts;

namespace CrankMailer.Tests.Console;

public sealed class SignInTests
{
    [Fact]
    public async Task Pages_ask_for_sign_in_and_go_on_where_one_wanted_to_go()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await site.AddUserAsync("ada", Roles.Editor);
        using var browser = site.Open();

        var asked = await browser.GetAsync("/editor/new");
        Assert.StartsWith("/sign-in?next=", asked.Path);
        var page = await asked.SubmitAsync("sign-in", ("Input.Email", "ada@harbor.example"), ("Input.Password", ConsoleSite.Password));

        Assert.Equal(("/editor/new", HttpStatusCode.OK), (page.Path, page.Status));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await site.AddUserAsync("ada", Roles.Editor);
        using var browser = site.Open();
        var form = await browser.GetAsync("/sign-in");

        var wrong = await form.SubmitAsync("sign-in", ("Input.Email", "ada@harbor.example"), ("Input.Password", "nonsense"));
        var unknown = await form.SubmitAsync("sign-in", ("Input.Email", "nobody@harbor.example"), ("Input.Password", "nonsense"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(wrong.Text, unknown.Text);
        Assert.Equal("ada@harbor.example", wrong.Value("Input.Email"));
        Assert.DoesNotContain("nonsense", wrong.Body);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_while()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await site.AddUserAsync("ada", Roles.Editor);
        using var browser = site.Open();
        var form = await browser.GetAsync("/sign-in");
        for (var i = 0; i < 5; i++) await form.SubmitAsync("sign-in", ("Input.Email", "ada@harbor.example"), ("Input.Password", "nonsense"));

        var page = await form.SubmitAsync("sign-in", ("Input.Email", "ada@harbor.example"), ("Input.Password", ConsoleSite.Password));

        Assert.Contains("locked for five minutes", page.Text);
        Assert.Contains("locked for five minutes", (await form.SubmitAsync("sign-in", ("Input.Email", "nobody@harbor.example"), ("Input.Password", "nonsense"))).Text); // the same for all
    }

    [Theory, InlineData("https://evil.example/"), InlineData("//evil.example/"), InlineData("/\\evil.example")]
    public async Task Sign_in_never_leads_to_another_site(string next)
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        await site.AddUserAsync("ada", Roles.Editor);
        using var browser = site.Open();
        var form = await browser.GetAsync("/sign-in?next=" + Uri.EscapeDataString(next));

        var page = await form.SubmitAsync("sign-in", ("Input.Email", "ada@harbor.example"), ("Input.Password", ConsoleSite.Password));

        Assert.Equal("/editor", page.Path);
    }

    [Fact]
    public async Task A_sign_in_link_shows_a_button_and_works_once()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        var link = await site.SignInLinkAsync(await site.AddUserAsync("ada", Roles.Editor), TimeSpan.FromHours(1));
        using var first = site.Open();
        using var second = site.Open();

        await first.GetAsync(link); // a GET changes nothing, however often
        var page = await (await first.GetAsync(link)).SubmitAsync("sign-in-by-link");

        Assert.Equal("/editor", page.Path);
        Assert.Equal(HttpStatusCode.Gone, (await second.GetAsync(link)).Status);
    }

    [Fact]
    public async Task A_post_without_its_token_is_refused_and_changes_nothing()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);

        var page = await browser.PostAsync("/editor/new", [("_handler", "new"), ("period", "2031-06")]);
        var left = await browser.PostAsync("/sign-out", [("x", "y")]);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (page.Status, left.Status));
        Assert.Contains("No issue yet", (await browser.GetAsync("/editor")).Text);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);
        var token = (await browser.GetAsync("/editor")).Value("__RequestVerificationToken") ?? "";

        await browser.PostAsync("/sign-out", [("__RequestVerificationToken", token)]);

        Assert.StartsWith("/sign-in", (await browser.GetAsync("/editor")).Path);
    }

    [Fact]
    public async Task Pages_carry_a_policy_without_inline_scripts_and_keep_to_it()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);

        var page = await browser.GetAsync("/editor");

        Assert.Contains("script-src 'self'", page.Header("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe-inline", page.Header("Content-Security-Policy"));
        Assert.Null(page.Find("script:not([src])"));
        Assert.Null(page.Find("[style]"));
        Assert.NotNull(page.Find("a.skip[href='#main']"));
    }

    [Fact]
    public async Task An_unknown_address_gets_a_friendly_page()
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("ada", Roles.Editor);

        foreach (var path in new[] { "/editor/nothing/here", "/editor/4711", "/sign-in/abc" })
        {
            var page = await browser.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, page.Status));
            Assert.NotNull(page.Find("a.button"));
        }
    }
}
