using System.Text;
using CrankMailer.Delivery.Campaigns;
using CrankMailer.Delivery.Ledger;
using CrankMailer.Feedback;
using CrankMailer.Feedback.Reading;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;
using CrankMailer.Tests.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrankMailer.Tests.Feedback;

/// <summary>Mail leaves by the real pump, comes back, and the next campaign knows.</summary>
public sealed class FeedbackHandlerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_hard_bounce_is_in_the_books_the_story_and_the_next_campaigns_audience(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 3);
        var campaign = await place.SendAsync();
        var mail = place.Mails[0];
        Assert.Equal(3, (await place.World.BooksAsync(campaign)).States[DeliveryState.Accepted]);

        var handled = Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(mail)));
        Assert.Equal((campaign, FeedbackOutcome.Suppressed, false), (handled.CampaignId, handled.Outcome, handled.SeenBefore));
        await place.World.AssertBooksAsync(campaign);
        var books = await place.World.BooksAsync(campaign);
        Assert.Equal((2, 1), (books.States[DeliveryState.Accepted], books.States[DeliveryState.Bounced]));
        Assert.Equal(CampaignState.Done, books.Campaign.State);
        var line = Assert.Single(await place.World.With<Books, IReadOnlyList<DeliveryLine>>(b => b.LinesAsync(campaign, DeliveryState.Bounced, 0, 10, Ct)));
        Assert.Equal((BounceClass.Hard, "550 5.1.1 no such user here"), (line.Class, line.LastReply));

        var story = Assert.Single(await place.StoryAsync(mail.Recipient));
        Assert.Matches(@"^The next server took it on Monday 15 June 2026, 09:00 \S+\. It came back on Monday 15 June 2026, 09:00 \S+ \(hard\)\. The report says: 550 5\.1\.1 no such user here", story.Sentence);
        Assert.Contains("The address is suppressed since.", story.Sentence);

        var next = await place.SendAsync();
        var nextBooks = await place.World.BooksAsync(next);
        Assert.Equal((2, 1), (nextBooks.Campaign.Audience, nextBooks.LeftOut[LeftOutReason.Suppressed]));
        Assert.Contains("the address is suppressed", (await place.StoryAsync(mail.Recipient))[0].Sentence);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_report_twice_counts_once_also_with_other_trace_headers(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 1);
        var campaign = await place.SendAsync();
        var bounce = ReturnedMail.Bounce(place.Mails[0]);
        await place.ReturnAsync(bounce);
        var again = Assert.Single(await place.ReturnAsync([.. "Received: from elsewhere\r\n"u8, .. bounce]));
        Assert.True(again.SeenBefore);
        await using var db = place.World.Open();
        Assert.Equal((1, 1), (await db.FeedbackEntries.CountAsync(Ct), await db.Suppressions.CountAsync(Ct)));
        await place.World.AssertBooksAsync(campaign);
        Assert.Equal(1, (await place.World.BooksAsync(campaign)).States[DeliveryState.Bounced]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Many_at_once_about_one_delivery_still_count_once(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 1);
        var campaign = await place.SendAsync();
        var bounce = ReturnedMail.Bounce(place.Mails[0]);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => place.ReturnAsync(bounce))));
        await using var db = place.World.Open();
        Assert.Equal((1, 1), (await db.FeedbackEntries.CountAsync(Ct), await db.Suppressions.CountAsync(Ct)));
        await place.World.AssertBooksAsync(campaign);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Without_a_token_of_ours_a_report_is_listed_and_changes_nobody(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 2);
        var campaign = await place.SendAsync();
        var (mail, victim) = (place.Mails[0], place.Mails[1]);
        var token = mail.Sender["bounce+".Length..mail.Sender.IndexOf('@')];
        var forged = token[..^1] + (token[^1] == 'a' ? 'b' : 'a');
        foreach (var to in new[] { "abuse@news.example.test", $"bounce+{forged}@news.example.test", "bounce+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@news.example.test" })
            Assert.NotEqual(FeedbackOutcome.Suppressed, Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(victim, to: to))).Outcome);

        // Signed for one reader, and naming another: the signature decides (R101).
        Assert.Equal(FeedbackOutcome.Suppressed, Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(mail, recipient: victim.Recipient))).Outcome);
        await using var db = place.World.Open();
        var subscriber = await db.Subscribers.SingleAsync(s => s.NormalizedEmail == mail.Recipient.ToLower(), Ct);
        Assert.Equal(subscriber.AddressHash, (await db.Suppressions.SingleAsync(Ct)).AddressHash);
        var listed = await db.FeedbackEntries.Where(f => f.Outcome == FeedbackOutcome.Unmapped).ToListAsync(Ct);
        Assert.Equal(victim.Recipient, Assert.Single(listed).Address, ignoreCase: true);
        await place.World.AssertBooksAsync(campaign);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_complaint_suppresses_and_unsubscribes_though_its_address_is_redacted(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 2);
        var campaign = await place.SendAsync();
        Assert.Equal(FeedbackOutcome.Suppressed, Assert.Single(await place.ReturnAsync(ReturnedMail.Complaint(place.Mails[0]))).Outcome);
        await using (var db = place.World.Open())
        {
            Assert.Equal(SuppressionReason.Complaint, (await db.Suppressions.SingleAsync(Ct)).Reason);
            Assert.Equal(campaign, (await db.Subscriptions.SingleAsync(s => s.State == SubscriptionState.Unsubscribed, Ct)).EndedByCampaignId);
            Assert.Equal("complaint", (await db.ConsentEntries.SingleAsync(c => c.Kind == ConsentKind.Left, Ct)).Source);
        }
        var books = await place.World.BooksAsync(campaign);
        Assert.Equal((2, 1), (books.States[DeliveryState.Accepted], books.Complaints));
        Assert.Contains("reported it as spam", Assert.Single(await place.StoryAsync(place.Mails[0].Recipient)).Sentence);
        Assert.Equal(1, (await place.World.BooksAsync(await place.SendAsync())).Campaign.Audience);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Three_soft_bounces_in_three_campaigns_over_fifteen_days_suppress_and_blocks_never_do(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 2);
        for (var n = 1; n <= 3; n++)
        {
            var campaign = await place.SendAsync();
            var (soft, blocked) = (place.MailTo("reader0"), place.MailTo("reader1"));
            var handled = Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(soft, "5.2.2", "552 5.2.2 mailbox is full")));
            Assert.Equal(n == 3 ? FeedbackOutcome.Suppressed : FeedbackOutcome.Bounced, handled.Outcome);
            // R106: the same address is told again, otherwise, in the same campaign.
            Assert.Equal(FeedbackOutcome.Noted, Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(soft, "5.2.2", "552 5.2.2 still full"))).Outcome);
            Assert.Equal(FeedbackOutcome.Bounced, Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(blocked, "5.7.1", "554 5.7.1 blocked by our list"))).Outcome);
            await place.World.AssertBooksAsync(campaign);
            place.World.Clock.Advance(TimeSpan.FromDays(8));
        }
        await using var db = place.World.Open();
        Assert.Equal(SuppressionReason.SoftBounces, (await db.Suppressions.SingleAsync(Ct)).Reason);
        Assert.Equal(3, await db.Alerts.CountAsync(a => a.Kind == "blocked", Ct));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Soft_bounces_that_the_relay_told_at_once_add_up_too_and_a_lifted_suppression_is_not_made_again(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 1);
        place.Refuse("552 5.2.2 mailbox is full");
        for (var n = 1; n <= 3; n++)
        {
            Assert.Equal(0, await place.SweepAsync());
            await place.SendAsync();
            place.World.Clock.Advance(TimeSpan.FromDays(8));
        }
        Assert.Equal((1, 0), (await place.SweepAsync(), await place.SweepAsync()));
        await using var db = place.World.Open();
        var row = await db.Suppressions.SingleAsync(Ct);
        Assert.Equal(SuppressionReason.SoftBounces, row.Reason);
        row.LiftedAt = place.World.Clock.Instant();
        await db.SaveChangesAsync(Ct);
        Assert.Equal(0, await place.SweepAsync());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Three_soft_bounces_within_days_or_with_a_delivery_between_do_not_suppress(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 2);
        for (var n = 1; n <= 4; n++)
        {
            await place.SendAsync();
            // One fails daily; the other every ten days, but not the second time.
            await place.ReturnAsync(ReturnedMail.Bounce(place.MailTo("reader0"), "5.2.2", "552 5.2.2 mailbox is full"));
            if (n != 2) await place.ReturnAsync(ReturnedMail.Bounce(place.MailTo("reader1"), "5.2.2", "552 5.2.2 mailbox is full"));
            place.World.Clock.Advance(TimeSpan.FromDays(4));
        }
        await using var db = place.World.Open();
        Assert.Empty(await db.Suppressions.ToListAsync(Ct));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whatever_comes_back_settles_an_uncertain_delivery(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 3);
        var campaign = await place.SendAsync();
        var mails = place.Mails.ToList();
        await place.MakeUncertainAsync(campaign);

        Assert.Equal(FeedbackOutcome.Settled, Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(mails[0], "4.4.1", "451 4.4.1 not yet", action: "delayed"))).Outcome);
        Assert.Equal(FeedbackOutcome.Settled, Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(mails[1], "2.0.0", "250 taken", action: "delivered"))).Outcome);
        Assert.Equal(FeedbackOutcome.Suppressed, Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(mails[2]))).Outcome);
        await place.World.AssertBooksAsync(campaign);
        var books = await place.World.BooksAsync(campaign);
        Assert.Equal((2, 1, 0), (books.States[DeliveryState.Accepted], books.States[DeliveryState.Bounced], books.States[DeliveryState.Uncertain]));
        await using var db = place.World.Open();
        Assert.Single(await db.Suppressions.ToListAsync(Ct)); // a delay counts nothing (R103)
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Behind_one_address_the_best_recipient_decides(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 1);
        await place.SendAsync();
        var mail = Encoding.ASCII.GetString(ReturnedMail.Bounce(place.Mails[0]))
            .Replace("--=_r--", "", StringComparison.Ordinal).TrimEnd() + "\r\n\r\nFinal-Recipient: rfc822; colleague@example.org\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n--=_r--\r\n";
        var handled = await place.ReturnAsync(Encoding.ASCII.GetBytes(mail));
        Assert.Equal([FeedbackOutcome.Noted, FeedbackOutcome.Noted], handled.Select(h => h.Outcome));
        await using var db = place.World.Open();
        Assert.Empty(await db.Suppressions.ToListAsync(Ct));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_confirmation_mail_that_bounces_is_failed_and_its_address_suppressed(DatabaseEngine engine)
    {
        await using var place = await Place.CreateAsync(engine, readers: 0);
        await using (var db = place.World.Open())
        {
            db.OutboxMails.Add(new OutboxMail
            {
                Kind = "confirm", PublicationId = place.World.PublicationId, ToAddress = "new@example.org", Subject = "Please confirm", Text = "x", State = OutboxState.Accepted,
                CreatedAt = place.World.Clock.Instant(), StateAt = place.World.Clock.Instant(),
            });
            await db.SaveChangesAsync(Ct);
            var ring = await place.World.Services.GetRequiredService<TokenRings>().GetAsync(Ct);
            var id = await db.OutboxMails.Select(m => m.Id).SingleAsync(Ct);
            var mail = new Taken($"bounce+{ring.Make(TokenPurpose.SystemMail, new TokenIds(id))}@news.example.test", "new@example.org", []);
            Assert.Equal(FeedbackOutcome.Suppressed, Assert.Single(await place.ReturnAsync(ReturnedMail.Bounce(mail))).Outcome);
        }
        await using var after = place.World.Open();
        Assert.Equal(OutboxState.Failed, (await after.OutboxMails.SingleAsync(Ct)).State);
        var hash = (await place.World.Services.GetRequiredService<AddressHashers>().GetAsync(Ct)).Hash("new@example.org");
        Assert.Equal(hash, (await after.Suppressions.SingleAsync(Ct)).AddressHash);
    }

    /// <summary>A world with readers and a relay that takes everything.</summary>
    private sealed class Place : IAsyncDisposable
    {
        private readonly ScriptedRelay _relay;

        private Place(World world, ScriptedRelay relay) => (World, _relay) = (world, relay);

        public World World { get; }

        /// <summary>Of the last campaign.</summary>
        public IReadOnlyList<Taken> Mails { get; private set; } = [];

        public static async Task<Place> CreateAsync(DatabaseEngine engine, int readers)
        {
            var world = await World.CreateAsync(engine);
            var relay = ScriptedRelay.Start();
            await world.UseRelayAsync(relay.Port);
            await world.AddSubscribersAsync(readers);
            return new Place(world, relay);
        }

        public Taken MailTo(string localPart) => Mails.Single(mail => mail.Recipient.StartsWith(localPart + "@", StringComparison.OrdinalIgnoreCase));

        public async Task<int> SendAsync()
        {
            _relay.Mails.Clear();
            var campaign = await World.StartCampaignAsync();
            await using var pump = RunningPump.Start(World.Services);
            await World.UntilAsync(campaign, CampaignState.Done);
            Mails = [.. _relay.Mails.OrderBy(mail => mail.Recipient, StringComparer.Ordinal)];
            return campaign;
        }

        public void Refuse(string reply) => _relay.OnRecipient = _ => CrankMailer.Mail.Smtp.SmtpReply.Find(reply)!;

        public Task<int> SweepAsync() => World.With<SoftBounces, int>(soft => soft.CountAsync(World.Clock.Instant() - TimeSpan.FromDays(20), Ct));

        public Task<IReadOnlyList<HandledReport>> ReturnAsync(byte[] mail) =>
            World.With<FeedbackHandler, IReadOnlyList<HandledReport>>(handler => handler.HandleAsync(BounceReader.Read(mail), "pipe", Ct));

        public Task<IReadOnlyList<StoryLine>> StoryAsync(string address) =>
            World.With<DeliveryStory, IReadOnlyList<StoryLine>>(story => story.SearchAsync(address, null, 10, Ct));

        /// <summary>As after a process that died between the dots and the answers.</summary>
        public async Task MakeUncertainAsync(int campaign)
        {
            await World.Services.GetRequiredService<LedgerStore>().WriteAsync(async sql =>
            {
                var moved = await sql.ExecuteAsync($"update deliveries set state = 'uncertain' where campaign_id = {campaign} and state = 'accepted'", Ct);
                var moves = new CounterMoves(campaign);
                moves.Move(DeliveryState.Accepted, DeliveryState.Uncertain, moved);
                await moves.ApplyAsync(sql, "test", Ct);
                return moved;
            }, Ct);
        }

        public async ValueTask DisposeAsync()
        {
            await _relay.DisposeAsync();
            await World.DisposeAsync();
        }
    }
}
