using CrankMailer.Delivery.Compose;
using CrankMailer.Mail.Compose;
using CrankMailer.Model.Ledger;
using CrankMailer.Tests.Mail.Compose;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Delivery.Compose;

/// <summary>Messages as the composers make them, without a relay.</summary>
internal static class Composed
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A campaign message of the world's edition.</summary>
    public static async Task<byte[]> CampaignAsync(World world, string address = "ada@example.org", string? name = "Ada Lovelace", int? edition = null)
    {
        var campaign = await world.CreateCampaignAsync(editions: [edition ?? world.EditionId]);
        return await CampaignAsync(world, campaign, address, name, edition);
    }

    /// <summary>Compiled anew, as after the minute that composers are kept.</summary>
    public static async Task<byte[]> CampaignAsync(World world, int campaign, string address, string? name, int? edition = null) =>
        (await CampaignAsync(world, campaign, [(address, name)], edition))[0];

    /// <summary>For several people, compiled once.</summary>
    public static async Task<List<byte[]>> CampaignAsync(World world, int campaign, IReadOnlyList<(string Address, string? Name)> people, int? edition = null)
    {
        var composer = await ActivatorUtilities.CreateInstance<CampaignComposers>(world.Services).GetAsync(campaign, edition ?? world.EditionId, Ct);
        using var buffer = new MessageBuffer();
        var (values, messages) = (composer.NewValues(), new List<byte[]>());
        foreach (var (address, name) in people)
        {
            var to = new Recipient(world.PublicationId, campaign, 7, 1, address, name, name?.Split(' ')[0], null, "{}");
            var mail = composer.Compose(buffer, values, to, world.Clock.GetUtcNow(), out var problem);
            Assert.Null(problem);
            messages.Add(mail!.Value.Message.ToArray());
        }
        return messages;
    }

    /// <summary>A mail of the outbox; what is not said is that of a confirmation.</summary>
    public static async Task<byte[]> SystemAsync(World world, Action<OutboxMail>? with = null)
    {
        var mail = new OutboxMail
        {
            Id = 5, Kind = "confirm", PublicationId = world.PublicationId, ToAddress = "ada@example.org", ToName = "Ada", Subject = "Please confirm", Text = "Press the button: https://news.example.test/confirm/x\n",
            Html = "<!doctype html><html lang=\"en\"><head><title>Please confirm</title></head><body><p>Press it.</p></body></html>", CreatedAt = world.Clock.GetUtcNow(),
        };
        with?.Invoke(mail);
        using var buffer = new MessageBuffer();
        return (await world.Services.GetRequiredService<SystemComposer>().ComposeAsync(buffer, mail, Ct)).Message.ToArray();
    }

    public static StrictMail Read(byte[] message) => StrictMail.Read(message);
}
