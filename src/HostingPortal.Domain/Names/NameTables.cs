using HostingPortal.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Names;

internal sealed class NameTables : IEntityTypeConfiguration<ZoneAllotment>, IEntityTypeConfiguration<ClaimedName>
{
    public void Configure(EntityTypeBuilder<ZoneAllotment> builder)
    {
        builder.ToTable("zone_allotments");
        builder.HasAlternateKey(z => new { z.ClientId, z.Id });
        builder.Property(z => z.Zone).HasMaxLength(253);
        builder.HasIndex(z => z.Zone).IsUnique();
        builder.HasOne<AccountAllotment>().WithMany().HasForeignKey(z => new { z.AccountId, z.ClientId }).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ClaimedName> builder)
    {
        builder.ToTable("names");
        builder.HasAlternateKey(n => new { n.ClientId, n.Id });
        builder.Property(n => n.Name).HasMaxLength(253);
        builder.Property(n => n.ProofToken).HasMaxLength(64);
        builder.HasIndex(n => n.Name).IsUnique();
        builder.HasOne<Clients.Client>().WithMany().HasForeignKey(n => n.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(n => n.Zone).WithMany().HasForeignKey(n => new { n.ClientId, n.ZoneAllotmentId })
            .HasPrincipalKey(z => new { z.ClientId, z.Id }).IsRequired(false).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(n => n.ProofRecord);
    }
}
