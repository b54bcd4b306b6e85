using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Projects;

internal sealed class ProjectMasterTables : IEntityTypeConfiguration<ProjectMaster>
{
    public void Configure(EntityTypeBuilder<ProjectMaster> builder)
    {
        builder.ToTable("project_masters");
        builder.HasKey(m => m.ProjectId);
        builder.Property(m => m.PublicKey).HasMaxLength(255);
        builder.Property(m => m.NextPublicKey).HasMaxLength(255);
        builder.Property(m => m.ContentVersion).HasMaxLength(64);
        builder.HasIndex(m => m.InventoryId).IsUnique();
        builder.HasOne(m => m.Project).WithOne().HasForeignKey<ProjectMaster>(m => m.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }
}
