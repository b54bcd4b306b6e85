using HostingPortal.Domain.Nodes;
using HostingPortal.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Schedules;

/// <summary>Composite keys: the database refuses a schedule of one project for a node of another.</summary>
internal sealed class ScheduleTables : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("schedules");
        builder.Property(s => s.Cron).HasMaxLength(100);
        builder.Property(s => s.Zone).HasMaxLength(60);
        builder.Property(s => s.CreatedBy).HasMaxLength(120);
        builder.HasIndex(s => new { s.Enabled, s.NextAt });
        builder.HasOne<Project>().WithMany().HasForeignKey(s => new { s.ClientId, s.ProjectId }).HasPrincipalKey(p => new { p.ClientId, p.Id }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Node>().WithMany().HasForeignKey(s => new { s.ProjectId, s.NodeId }).HasPrincipalKey(n => new { n.ProjectId, n.Id }).OnDelete(DeleteBehavior.Restrict);
    }
}
