using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrankMailer.Model.Storage;

internal sealed class PublicationTables :
    IEntityTypeConfiguration<PublicationRow>, IEntityTypeConfiguration<DkimKeyRow>, IEntityTypeConfiguration<RelayRow>, IEntityTypeConfiguration<RelayTalk>, IEntityTypeConfiguration<ThemeVersion>,
    IEntityTypeConfiguration<IssueRow>, IEntityTypeConfiguration<IssueRevision>, IEntityTypeConfiguration<Edition>, IEntityTypeConfiguration<Approval>,
    IEntityTypeConfiguration<EditionFile>, IEntityTypeConfiguration<Picture>
{
    public void Configure(EntityTypeBuilder<PublicationRow> table)
    {
        table.ToTable("Publications");
        table.HasIndex(p => p.Slug).IsUnique();
        table.Property(p => p.Document).HasConversion(new DocumentConverter<Publication>(), new DocumentComparer<Publication>());
        table.Property(p => p.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<DkimKeyRow> table)
    {
        table.ToTable("DkimKeys");
        table.HasIndex(k => new { k.PublicationId, k.Domain, k.Selector }).IsUnique();
        table.HasOne<PublicationRow>().WithMany().HasForeignKey(k => k.PublicationId);
    }

    public void Configure(EntityTypeBuilder<RelayRow> table)
    {
        table.ToTable("Relays");
        table.HasIndex(r => r.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<RelayTalk> table)
    {
        table.HasKey(t => t.RelayId);
        table.Property(t => t.RelayId).ValueGeneratedNever();
        table.HasOne<RelayRow>().WithOne().HasForeignKey<RelayTalk>(t => t.RelayId);
    }

    public void Configure(EntityTypeBuilder<ThemeVersion> table) => table.HasIndex(t => new { t.Name, t.Hash }).IsUnique();

    public void Configure(EntityTypeBuilder<IssueRow> table)
    {
        table.ToTable("Issues");
        table.HasIndex(i => new { i.PublicationId, i.Slug }).IsUnique();
        table.HasIndex(i => new { i.PublicationId, i.PublishedAt });
        table.Property(i => i.Revision).IsConcurrencyToken();
        table.HasOne<PublicationRow>().WithMany().HasForeignKey(i => i.PublicationId);
    }

    public void Configure(EntityTypeBuilder<IssueRevision> table)
    {
        table.HasIndex(r => new { r.IssueId, r.Number }).IsUnique();
        table.Property(r => r.Content).HasConversion(new DocumentConverter<Issue>(), new DocumentComparer<Issue>());
        table.HasOne<IssueRow>().WithMany().HasForeignKey(r => r.IssueId);
    }

    public void Configure(EntityTypeBuilder<Edition> table)
    {
        table.HasIndex(e => e.Hash);
        table.HasOne<IssueRow>().WithMany().HasForeignKey(e => e.IssueId);
        table.HasMany(e => e.Files).WithOne().HasForeignKey(f => f.EditionId);
    }

    public void Configure(EntityTypeBuilder<EditionFile> table) => table.HasIndex(f => new { f.EditionId, f.Position }).IsUnique();

    public void Configure(EntityTypeBuilder<Approval> table)
    {
        table.HasIndex(a => a.IssueId);
        table.HasOne<Edition>().WithMany().HasForeignKey(a => a.EditionId);
    }

    public void Configure(EntityTypeBuilder<Picture> table) => table.HasKey(p => p.Sha256);
}
