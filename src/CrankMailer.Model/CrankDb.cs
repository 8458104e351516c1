using CrankMailer.Model.Accounts;
using CrankMailer.Model.Audience;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Operations;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Storage;
using CrankMailer.Model.Tokens;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Model;

/// <summary>
/// All nouns in one database; the same model on SQLite and PostgreSQL, with a migrations project for each.
/// Tables and columns are snake_case, states are stored as their lower-case words, instants as design §3 says.
/// </summary>
public sealed class CrankDb(DbContextOptions<CrankDb> options) : IdentityUserContext<User, int>(options)
{
    public DbSet<Installation> Installations => Set<Installation>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();
    public DbSet<TokenKey> TokenKeys => Set<TokenKey>();
    public DbSet<Node> Nodes => Set<Node>();
    public DbSet<Alert> Alerts => Set<Alert>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<CapturedMail> CapturedMails => Set<CapturedMail>();

    public DbSet<PublicationRow> Publications => Set<PublicationRow>();
    public DbSet<DkimKeyRow> DkimKeys => Set<DkimKeyRow>();
    public DbSet<RelayRow> Relays => Set<RelayRow>();
    public DbSet<RelayTalk> RelayTalks => Set<RelayTalk>();
    public DbSet<ThemeVersion> Themes => Set<ThemeVersion>();

    public DbSet<IssueRow> Issues => Set<IssueRow>();
    public DbSet<IssueRevision> IssueRevisions => Set<IssueRevision>();
    public DbSet<Edition> Editions => Set<Edition>();
    public DbSet<EditionFile> EditionFiles => Set<EditionFile>();
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<Picture> Pictures => Set<Picture>();

    public DbSet<MailingList> Lists => Set<MailingList>();
    public DbSet<Subscriber> Subscribers => Set<Subscriber>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<ConsentEntry> ConsentEntries => Set<ConsentEntry>();
    public DbSet<Suppression> Suppressions => Set<Suppression>();
    public DbSet<OneTimeToken> OneTimeTokens => Set<OneTimeToken>();

    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignEdition> CampaignEditions => Set<CampaignEdition>();
    public DbSet<CampaignList> CampaignLists => Set<CampaignList>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<LeftOut> LeftOut => Set<LeftOut>();
    public DbSet<CampaignCounter> CampaignCounters => Set<CampaignCounter>();
    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();
    public DbSet<FeedbackEntry> FeedbackEntries => Set<FeedbackEntry>();

    /// <summary>Which database this context speaks to; the one switch of the few statements that differ.</summary>
    public DatabaseEngine Engine => Database.ProviderName is "Npgsql.EntityFrameworkCore.PostgreSQL" ? DatabaseEngine.Postgres : DatabaseEngine.Sqlite;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CrankDb).Assembly);
        Conventions.Apply(builder, Engine);
    }
}

/// <summary>The two databases of design §3.</summary>
public enum DatabaseEngine { Sqlite, Postgres }
