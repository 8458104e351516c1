using CrankMailer.Model.Accounts;
using CrankMailer.Model.Operations;
using CrankMailer.Model.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrankMailer.Model.Storage;

internal sealed class OperationsTables :
    IEntityTypeConfiguration<Installation>, IEntityTypeConfiguration<ProtectionKey>, IEntityTypeConfiguration<TokenKey>, IEntityTypeConfiguration<Node>,
    IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<JobRun>, IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<CapturedMail>,
    IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<Installation> table) => table.Property(i => i.Id).ValueGeneratedNever();

    public void Configure(EntityTypeBuilder<ProtectionKey> table) => table.HasIndex(k => k.Name).IsUnique();

    public void Configure(EntityTypeBuilder<TokenKey> table)
    {
        table.HasKey(k => k.Number);
        table.Property(k => k.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Node> table) => table.HasKey(n => n.Name);

    public void Configure(EntityTypeBuilder<Alert> table)
    {
        table.HasIndex(a => new { a.ClosedAt, a.At });
        table.HasIndex(a => a.CampaignId);
    }

    public void Configure(EntityTypeBuilder<JobRun> table)
    {
        table.HasIndex(r => new { r.Job, r.StartedAt });
        table.HasIndex(r => new { r.Outcome, r.StartedAt });
    }

    public void Configure(EntityTypeBuilder<AuditEntry> table) => table.HasIndex(e => e.Subject);

    public void Configure(EntityTypeBuilder<CapturedMail> table) => table.HasIndex(m => m.EnvelopeTo);

    public void Configure(EntityTypeBuilder<User> table) => table.ToTable("Users");
}
