using HostingPortal.Domain.Certificates;
using HostingPortal.Domain.Names;
using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Sites;

/// <summary>Composite keys: the database refuses a site on another project's node and a name of another client.</summary>
internal sealed class SiteTables : IEntityTypeConfiguration<Site>, IEntityTypeConfiguration<SiteName>, IEntityTypeConfiguration<Certificate>
{
    public void Configure(EntityTypeBuilder<Site> builder)
    {
        builder.ToTable("sites");
        builder.HasAlternateKey(s => new { s.ClientId, s.Id });
        builder.Property(s => s.PhpVersion).HasMaxLength(8);
        builder.Property(s => s.UnixUser).HasMaxLength(Ids.MaxLength);
        builder.Property(s => s.StateReason).HasMaxLength(64);
        builder.Property(s => s.StateDetail).HasMaxLength(Site.DetailLength);
        builder.Ignore(s => s.Canonical);
        builder.HasIndex(s => s.UnixUser).IsUnique();
        builder.HasIndex(s => s.NodeId);
        builder.HasIndex(s => s.CertificateId);
        builder.HasIndex(s => s.StateReason);
        builder.HasIndex(s => new { s.Removed, s.State, s.CreatedAt });
        builder.HasIndex(s => new { s.Removed, s.CreatedAt });
        builder.HasOne<Project>().WithMany().HasForeignKey(s => new { s.ClientId, s.ProjectId })
            .HasPrincipalKey(p => new { p.ClientId, p.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.Node).WithMany().HasForeignKey(s => new { s.ProjectId, s.NodeId })
            .HasPrincipalKey(n => new { n.ProjectId, n.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(s => s.Certificate).WithOne().HasForeignKey<Site>(s => new { s.ProjectId, s.CertificateId })
            .HasPrincipalKey<Certificate>(c => new { c.ProjectId, c.Id }).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<SiteName> builder)
    {
        builder.ToTable("site_names").HasKey(n => new { n.SiteId, n.NameId });
        builder.HasIndex(n => n.NameId).IsUnique();
        builder.HasOne<Site>().WithMany(s => s.Names).HasForeignKey(n => new { n.ClientId, n.SiteId }).HasPrincipalKey(s => new { s.ClientId, s.Id });
        builder.HasOne(n => n.Name).WithMany().HasForeignKey(n => new { n.ClientId, n.NameId })
            .HasPrincipalKey(n => new { n.ClientId, n.Id }).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Certificate> builder)
    {
        builder.ToTable("certificates");
        builder.HasAlternateKey(c => new { c.ProjectId, c.Id });
        builder.Property(c => c.LastError).HasMaxLength(2000);
        builder.HasIndex(c => new { c.Removed, c.State, c.NotAfter });
        builder.HasIndex(c => new { c.Removed, c.NotAfter });
        builder.HasOne<Node>().WithMany().HasForeignKey(c => new { c.ProjectId, c.NodeId })
            .HasPrincipalKey(n => new { n.ProjectId, n.Id }).OnDelete(DeleteBehavior.Restrict);
    }
}
