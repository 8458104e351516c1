using CrankMailer.Model.Audience;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrankMailer.Model.Storage;

internal sealed class AudienceTables :
    IEntityTypeConfiguration<MailingList>, IEntityTypeConfiguration<Subscriber>, IEntityTypeConfiguration<Subscription>,
    IEntityTypeConfiguration<ConsentEntry>, IEntityTypeConfiguration<Suppression>, IEntityTypeConfiguration<OneTimeToken>
{
    public void Configure(EntityTypeBuilder<MailingList> table)
    {
        table.ToTable("Lists");
        table.HasIndex(l => new { l.PublicationId, l.Slug }).IsUnique();
        table.HasOne<PublicationRow>().WithMany().HasForeignKey(l => l.PublicationId);
    }

    public void Configure(EntityTypeBuilder<Subscriber> table)
    {
        // Erased persons have no address, so the unique index leaves null alone on both databases.
        table.HasIndex(s => new { s.PublicationId, s.NormalizedEmail }).IsUnique();
        table.HasIndex(s => s.AddressHash);
        table.HasOne<PublicationRow>().WithMany().HasForeignKey(s => s.PublicationId);
    }

    public void Configure(EntityTypeBuilder<Subscription> table)
    {
        table.HasKey(s => new { s.ListId, s.SubscriberId });
        table.HasIndex(s => s.SubscriberId);
        table.HasOne<MailingList>().WithMany().HasForeignKey(s => s.ListId);
        table.HasOne<Subscriber>().WithMany().HasForeignKey(s => s.SubscriberId);
    }

    public void Configure(EntityTypeBuilder<ConsentEntry> table) => table.HasIndex(c => new { c.SubscriberId, c.At });

    public void Configure(EntityTypeBuilder<Suppression> table) => table.HasIndex(s => s.AddressHash);

    public void Configure(EntityTypeBuilder<OneTimeToken> table)
    {
        table.HasIndex(t => t.Hash).IsUnique();
        table.HasIndex(t => t.ExpiresAt);
        table.HasIndex(t => t.SubscriberId);
    }
}
