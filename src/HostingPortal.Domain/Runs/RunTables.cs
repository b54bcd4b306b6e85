using HostingPortal.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Runs;

internal sealed class RunTables : IEntityTypeConfiguration<Run>, IEntityTypeConfiguration<RunNode>, IEntityTypeConfiguration<RunStep>, IEntityTypeConfiguration<RunRequest>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.ToTable("runs");
        builder.Property(r => r.Id).ValueGeneratedOnAdd();
        builder.Property(r => r.Key).HasMaxLength(Ids.MaxLength);
        builder.Property(r => r.Job).HasMaxLength(40);
        builder.Property(r => r.Reason).HasMaxLength(Run.ReasonLength);
        builder.Property(r => r.ReasonDetail).HasMaxLength(Run.DetailLength);
        builder.Property(r => r.RequestedBy).HasMaxLength(120);
        builder.Property(r => r.CancelAskedBy).HasMaxLength(120);
        builder.Property(r => r.Tags).HasMaxLength(200);
        builder.Property(r => r.Playbook).HasMaxLength(60);
        builder.Property(r => r.InventoryCommit).HasMaxLength(40);
        builder.Property(r => r.InventoryParent).HasMaxLength(40);
        builder.Property(r => r.ContentVersion).HasMaxLength(64);
        builder.Property(r => r.Owner).HasMaxLength(64);
        builder.HasIndex(r => r.Key).IsUnique();
        builder.HasIndex(r => new { r.State, r.NotBefore });
        builder.HasIndex(r => new { r.State, r.ClientId });
        builder.HasIndex(r => r.QueuedAt);
        builder.HasIndex(r => r.StartedAt);
        builder.HasIndex(r => r.EndedAt);
        builder.HasIndex(r => new { r.ClientId, r.Id });
        builder.HasIndex(r => new { r.RequestedBy, r.Id });
        builder.HasOne<Project>().WithMany().HasForeignKey(r => new { r.ClientId, r.ProjectId })
            .HasPrincipalKey(p => new { p.ClientId, p.Id }).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RunNode> builder)
    {
        builder.ToTable("run_nodes").HasKey(n => new { n.RunId, n.NodeId });
        builder.Property(n => n.Name).HasMaxLength(Slug.MaxLength);
        builder.HasIndex(n => new { n.NodeId, n.RunId });
        builder.HasOne<Run>().WithMany(r => r.Nodes).HasForeignKey(n => new { n.ProjectId, n.RunId }).HasPrincipalKey(r => new { r.ProjectId, r.Id });
    }

    public void Configure(EntityTypeBuilder<RunStep> builder)
    {
        builder.ToTable("run_steps").HasKey(s => new { s.RunId, s.Number });
        builder.Property(s => s.Name).HasMaxLength(40);
        builder.Property(s => s.Reason).HasMaxLength(Run.ReasonLength);
        builder.Property(s => s.Detail).HasMaxLength(Run.DetailLength);
        builder.HasOne<Run>().WithMany(r => r.Steps).HasForeignKey(s => s.RunId);
    }

    public void Configure(EntityTypeBuilder<RunRequest> builder)
    {
        builder.ToTable("run_requests").HasKey(r => new { r.RunId, r.Number });
        builder.Property(r => r.By).HasMaxLength(120);
        builder.HasOne<Run>().WithMany(r => r.Requests).HasForeignKey(r => r.RunId);
    }
}

internal sealed class RunLogTables :
    IEntityTypeConfiguration<RunLogChunk>, IEntityTypeConfiguration<RunTask>, IEntityTypeConfiguration<RunTaskResult>,
    IEntityTypeConfiguration<RunDiff>, IEntityTypeConfiguration<NodeLock>
{
    public void Configure(EntityTypeBuilder<RunLogChunk> builder)
    {
        builder.ToTable("run_log_chunks").HasKey(c => new { c.RunId, c.SeqFrom });
        builder.Property(c => c.Data).HasColumnType("mediumblob");
        builder.HasIndex(c => new { c.RunId, c.LineFrom });
        builder.HasOne<Run>().WithMany().HasForeignKey(c => c.RunId);
    }

    public void Configure(EntityTypeBuilder<RunTask> builder)
    {
        builder.ToTable("run_tasks").HasKey(t => new { t.RunId, t.Number });
        builder.Property(t => t.Role).HasMaxLength(60);
        builder.Property(t => t.Name).HasMaxLength(250);
        builder.Property(t => t.Module).HasMaxLength(120);
        builder.HasOne<Run>().WithMany().HasForeignKey(t => t.RunId);
    }

    public void Configure(EntityTypeBuilder<RunTaskResult> builder)
    {
        builder.ToTable("run_task_results").HasKey(t => new { t.RunId, t.TaskNumber, t.NodeId });
        builder.HasOne<Run>().WithMany().HasForeignKey(t => t.RunId);
    }

    public void Configure(EntityTypeBuilder<RunDiff> builder)
    {
        builder.ToTable("run_diffs").HasKey(d => d.RunId);
        builder.Property(d => d.Data).HasColumnType("mediumblob");
        builder.HasOne<Run>().WithOne().HasForeignKey<RunDiff>(d => d.RunId);
    }

    public void Configure(EntityTypeBuilder<NodeLock> builder)
    {
        builder.ToTable("node_locks").HasKey(l => l.NodeId);
        builder.HasIndex(l => l.RunId);
        builder.HasOne<Run>().WithMany().HasForeignKey(l => l.RunId);
    }
}
