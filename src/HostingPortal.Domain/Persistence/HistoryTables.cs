using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Changes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Persistence;

internal sealed class HistoryTables : IEntityTypeConfiguration<Change>, IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<Change> builder)
    {
        builder.ToTable("changes");
        builder.Property(c => c.ObjectKind).HasMaxLength(40);
        builder.Property(c => c.ObjectName).HasMaxLength(253);
        builder.Property(c => c.Verb).HasMaxLength(60);
        builder.Property(c => c.Feature).HasMaxLength(40);
        builder.Property(c => c.Reason).HasMaxLength(1000);
        builder.Property(c => c.ActorName).HasMaxLength(120);
        builder.HasIndex(c => new { c.ClientId, c.At });
        builder.HasIndex(c => c.At);
        builder.HasIndex(c => c.RunId);
        builder.HasIndex(c => new { c.ObjectId, c.At });
    }

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.Property(a => a.Id).ValueGeneratedOnAdd();
        builder.Property(a => a.ActorName).HasMaxLength(120);
        builder.Property(a => a.ActingForName).HasMaxLength(120);
        builder.Property(a => a.Action).HasMaxLength(60);
        builder.Property(a => a.ObjectKind).HasMaxLength(40);
        builder.Property(a => a.ObjectName).HasMaxLength(253);
        builder.Property(a => a.Detail).HasMaxLength(2000);
        builder.Property(a => a.RemoteAddress).HasMaxLength(45);
        builder.HasIndex(a => new { a.ClientId, a.Id });
        builder.HasIndex(a => new { a.ActorId, a.Id });
        builder.HasIndex(a => new { a.ObjectId, a.Id });
        builder.HasIndex(a => a.At);
    }
}
