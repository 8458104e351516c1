using CrankMailer.Audience;
using CrankMailer.Model;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Tokens;
using CrankMailer.Tests.Databases;

namespace CrankMailer.Tests.Audience;

public sealed class PeopleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseEngine> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task People_are_found_by_part_of_address_or_name_and_paged_by_id(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine, ("FormsBeforeQuestion", "1000"));
        foreach (var name in new[] { "ann", "anna", "bob", "hannah", "joanna" }) await world.SubscribeAsync($"{name}@example.org");
        var first = await PageAsync(world, new PeopleQuery(world.Publication.Id, "AnN", Take: 3));
        Assert.Equal(["joanna@example.org", "hannah@example.org", "anna@example.org"], first.Lines.Select(l => l.Email));
        var second = await PageAsync(world, new PeopleQuery(world.Publication.Id, "ann", Below: first.NextBelow, Take: 3));
        Assert.Equal(["ann@example.org"], second.Lines.Select(l => l.Email));
        Assert.Null(second.NextBelow);
        Assert.Single((await PageAsync(world, new PeopleQuery(world.Publication.Id, "BOB@example.org"))).Lines);
        Assert.Equal(5, (await PageAsync(world, new PeopleQuery(world.Publication.Id, State: SubscriptionState.Active, ListId: world.Monthly.Id))).Lines.Count);
        Assert.Empty((await PageAsync(world, new PeopleQuery(world.Publication.Id, "100%_"))).Lines);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_person_is_shown_with_lists_proof_and_suppression(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var ann = await world.SubscribeAsync("ann@example.org", "monthly", "events");
        await world.DoAsync<Suppressions, bool>(async s =>
        {
            await s.AddAsync(EmailAddress.Parse("ann@example.org")!, world.Publication.Id, null, "by letter", Ct);
            return true;
        });
        var person = await world.DoAsync<People, Person?>(p => p.FindAsync(world.Publication.Id, ann.Id, Ct));
        Assert.Equal(["Events", "Monthly"], person!.Lists.Select(l => l.Name));
        Assert.Equal(4, person.Consents.Count);
        Assert.Equal(SuppressionReason.Operator, person.Suppression?.Reason);
        var line = Assert.Single(await world.DoAsync<Suppressions, List<SuppressionLine>>(s => s.PageAsync(world.Publication.Id, null, 50, Ct)));
        Assert.Equal("ann@example.org", line.Email);
        Assert.True(await world.DoAsync<Suppressions, bool>(s => s.LiftAsync(line.Id, null, Ct)));
        Assert.False(await world.DoAsync<Suppressions, bool>(s => s.LiftAsync(line.Id, null, Ct)));
        Assert.Null(await world.DoAsync<People, Person?>(p => p.FindAsync(world.Publication.Id + 1, ann.Id, Ct)));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Lists_are_made_renamed_archived_and_counted(DatabaseEngine engine)
    {
        await using var world = await AudienceWorld.CreateAsync(engine);
        var made = Assert.IsType<ListChange.Done>(await world.DoAsync<Lists, ListChange>(l => l.CreateAsync(world.Publication.Id, "Été & Ports!", null, true, null, Ct)));
        Assert.Equal("ete-ports", made.List.Slug);
        var again = Assert.IsType<ListChange.Done>(await world.DoAsync<Lists, ListChange>(l => l.CreateAsync(world.Publication.Id, "Été, Ports", null, true, null, Ct)));
        Assert.Equal("ete-ports-2", again.List.Slug);
        Assert.IsType<ListChange.Refused>(await world.DoAsync<Lists, ListChange>(l => l.CreateAsync(world.Publication.Id, " ", null, true, null, Ct)));
        Assert.IsType<ListChange.Gone>(await world.DoAsync<Lists, ListChange>(l => l.ArchiveAsync(99_999, true, null, Ct)));
        await world.DoAsync<Lists, ListChange>(l => l.ChangeAsync(made.List.Id, "Summer", "Only in summer", false, null, Ct));
        await world.DoAsync<Lists, ListChange>(l => l.ArchiveAsync(again.List.Id, true, null, Ct));
        var ann = await world.SubscribeAsync("ann@example.org", "monthly");
        await world.AskAsync("bob@example.org", "monthly");
        var lines = await world.DoAsync<Lists, IReadOnlyList<ListLine>>(l => l.CountedAsync(world.Publication.Id, Ct));
        Assert.Equal(["Events", "Monthly", "Staff", "Summer", "Été, Ports"], lines.Select(l => l.List.Name));
        var monthly = lines.Single(l => l.List.Slug == "monthly");
        Assert.Equal((1, 1, 0), (monthly.Count(SubscriptionState.Active), monthly.Count(SubscriptionState.Pending), monthly.Count(SubscriptionState.Unsubscribed)));
        Assert.IsType<SignUpResult.Mend>(await world.AskAsync("eve@example.org", "ete-ports-2")); // archived
        Assert.True(await world.LeaveAsync(await world.TokenAsync(TokenPurpose.Unsubscribe, ann.Id)));
    }

    private static Task<PeoplePage> PageAsync(AudienceWorld world, PeopleQuery query) => world.DoAsync<People, PeoplePage>(p => p.PageAsync(query, Ct));
}
