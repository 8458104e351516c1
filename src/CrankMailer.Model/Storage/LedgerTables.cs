using CrankMailer.Model.Issues;
using CrankMailer.Model.Ledger;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrankMailer.Model.Storage;

internal sealed class LedgerTables :
    IEntityTypeConfiguration<Campaign>, IEntityTypeConfiguration<CampaignEdition>, IEntityTypeConfiguration<CampaignList>,
    IEntityTypeConfiguration<Delivery>, IEntityTypeConfiguration<Attempt>, IEntityTypeConfiguration<LeftOut>,
    IEntityTypeConfiguration<CampaignCounter>, IEntityTypeConfiguration<OutboxMail>, IEntityTypeConfiguration<FeedbackEntry>
{
    public void Configure(EntityTypeBuilder<Campaign> table)
    {
        table.HasIndex(c => new { c.State, c.StartsAt });
        table.HasOne<PublicationRow>().WithMany().HasForeignKey(c => c.PublicationId);
        table.HasOne<IssueRow>().WithMany().HasForeignKey(c => c.IssueId);
    }

    public void Configure(EntityTypeBuilder<CampaignEdition> table)
    {
        table.HasKey(e => new { e.CampaignId, e.EditionId });
        table.HasOne<Campaign>().WithMany().HasForeignKey(e => e.CampaignId);
        table.HasOne<Edition>().WithMany().HasForeignKey(e => e.EditionId);
    }

    public void Configure(EntityTypeBuilder<CampaignList> table)
    {
        table.HasKey(l => new { l.CampaignId, l.ListId });
        table.HasOne<Campaign>().WithMany().HasForeignKey(l => l.CampaignId);
    }

    public void Configure(EntityTypeBuilder<Delivery> table)
    {
        table.HasKey(d => new { d.CampaignId, d.Id });
        table.Property(d => d.Id).ValueGeneratedNever();
        table.HasIndex(d => new { d.SubscriberId, d.CampaignId }).IsUnique();

        // Queued rows are found by the key, onward from the last claimed id; the few rows of other open states by these.
        table.HasIndex(d => new { d.CampaignId, d.NotBefore }, "ix_deliveries_deferred").HasFilter("state = 'deferred'");
        table.HasIndex(d => new { d.CampaignId, d.LeasedUntil }, "ix_deliveries_leased").HasFilter("state in ('claimed', 'handed')");
        table.HasIndex(d => new { d.CampaignId, d.StateAt }, "ix_deliveries_to_look_at").HasFilter("state in ('bounced', 'uncertain')");
    }

    public void Configure(EntityTypeBuilder<Attempt> table) => table.HasKey(a => new { a.CampaignId, a.DeliveryId, a.Number });

    public void Configure(EntityTypeBuilder<LeftOut> table)
    {
        table.HasKey(l => new { l.CampaignId, l.SubscriberId });
        table.HasIndex(l => l.SubscriberId);
    }

    public void Configure(EntityTypeBuilder<CampaignCounter> table) => table.HasKey(c => new { c.CampaignId, c.Node, c.State });

    public void Configure(EntityTypeBuilder<OutboxMail> table)
    {
        table.HasIndex(m => m.NotBefore, "ix_outbox_mails_open").HasFilter("state in ('queued', 'deferred', 'claimed', 'handed')");
        table.HasIndex(m => m.SubscriberId);
    }

    public void Configure(EntityTypeBuilder<FeedbackEntry> table)
    {
        table.HasIndex(f => f.Digest).IsUnique();
        table.HasIndex(f => new { f.CampaignId, f.DeliveryId });
        table.HasIndex(f => f.SubscriberId);
        table.HasIndex(f => f.At, "ix_feedback_entries_unmapped").HasFilter("outcome = 'unmapped'");
    }
}
