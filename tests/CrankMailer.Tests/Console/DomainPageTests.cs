using CrankMailer.Delivery.Compose;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model;
using CrankMailer.Model.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Console;

public sealed class DomainPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_waits_and_one_that_retired_say_what_to_do_with_their_records() // R36
    {
        await using var site = await ConsoleSite.StartFilledAsync();
        using var browser = await site.OpenAsAsync("olga", Roles.Operator);
        Assert.Contains("No signing key", (await browser.GetAsync("/settings/domain")).Body);
        var publication = await site.DoAsync(services => services.GetRequiredService<CrankDb>().Publications.Select(p => p.Id).SingleAsync(Ct));
        foreach (var selector in new[] { "one", "two", "three" })
        {
            await site.DoAsync(services => services.GetRequiredService<SigningKeys>().MakeAsync(publication, DkimAlgorithm.RsaSha256, 1024, selector, null, Ct));
            if (selector != "three") await site.DoAsync(services => services.GetRequiredService<SigningKeys>().ActivateAsync(publication, selector, null, Ct));
        }
        var page = (await browser.GetAsync("/settings/domain")).Body;
        Assert.Contains("Leave its record published until", page[page.IndexOf("(one)", StringComparison.Ordinal)..page.IndexOf("(two)", StringComparison.Ordinal)]);
        Assert.Contains("Mail is signed with this key", page[page.IndexOf("(two)", StringComparison.Ordinal)..page.IndexOf("(three)", StringComparison.Ordinal)]);
        Assert.Contains("crankmailer dkim activate three", page);
        Assert.DoesNotContain("PRIVATE", page);
    }
}
