using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Clients;

internal sealed class ClientTables : IEntityTypeConfiguration<PortalUser>, IEntityTypeConfiguration<Client>, IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<PortalUser> builder) => builder.Property(u => u.DisplayName).HasMaxLength(Client.NameLength);

    public void Configure(EntityTypeBuilder<Client> builder)
    {
        builder.ToTable("clients");
        builder.Property(c => c.Name).HasMaxLength(Client.NameLength);
        builder.Property(c => c.SuspendReason).HasMaxLength(Client.ReasonLength);
        builder.Property(c => c.SitesServe).HasDefaultValue(true).HasSentinel(true);
        builder.HasIndex(c => c.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("memberships").HasKey(m => new { m.ClientId, m.UserId });
        builder.HasOne(m => m.User).WithMany(u => u.Memberships).HasForeignKey(m => m.UserId);
        builder.HasOne(m => m.Client).WithMany(c => c.Memberships).HasForeignKey(m => m.ClientId);
    }
}
