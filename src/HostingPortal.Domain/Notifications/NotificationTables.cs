using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Notifications;

internal sealed class NotificationTables :
    IEntityTypeConfiguration<Notification>, IEntityTypeConfiguration<NotificationMark>, IEntityTypeConfiguration<NotificationRead>, IEntityTypeConfiguration<OpenFailure>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications");
        builder.Property(n => n.Id).ValueGeneratedOnAdd();
        builder.Property(n => n.ObjectKind).HasMaxLength(40);
        builder.Property(n => n.ObjectName).HasMaxLength(253);
        builder.Property(n => n.Reason).HasMaxLength(64);
        builder.HasIndex(n => new { n.ClientId, n.Id });
        builder.HasIndex(n => new { n.ProjectId, n.Id });
        builder.HasIndex(n => n.At);
        builder.HasOne<Client>().WithMany().HasForeignKey(n => n.ClientId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Project>().WithMany().HasForeignKey(n => new { n.ClientId, n.ProjectId }).HasPrincipalKey(p => new { p.ClientId, p.Id }).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NotificationMark> builder)
    {
        builder.ToTable("notification_marks").HasKey(m => m.UserId);
        builder.HasOne<PortalUser>().WithOne().HasForeignKey<NotificationMark>(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NotificationRead> builder)
    {
        builder.ToTable("notification_reads").HasKey(r => new { r.UserId, r.NotificationId });
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Notification>().WithMany().HasForeignKey(r => r.NotificationId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<OpenFailure> builder)
    {
        builder.ToTable("open_failures").HasKey(f => new { f.RunKind, f.SubjectId });
        builder.HasOne<Project>().WithMany().HasForeignKey(f => new { f.ClientId, f.ProjectId }).HasPrincipalKey(p => new { p.ClientId, p.Id }).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Composite keys: the database refuses a channel of one client for a project of another.</summary>
internal sealed class ChannelTables : IEntityTypeConfiguration<Channel>, IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<Channel> builder)
    {
        builder.ToTable("channels");
        builder.Property(c => c.Target).HasMaxLength(Channel.TargetLength);
        builder.Property(c => c.Events).HasMaxLength(255);
        builder.Property(c => c.Language).HasMaxLength(10);
        builder.Property(c => c.LastReason).HasMaxLength(64);
        builder.Property(c => c.LastDetail).HasMaxLength(Channel.DetailLength);
        builder.Property(c => c.CreatedBy).HasMaxLength(120);
        builder.Ignore(c => c.Kinds);
        builder.HasOne<Project>().WithMany().HasForeignKey(c => new { c.ClientId, c.ProjectId }).HasPrincipalKey(p => new { p.ClientId, p.Id }).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox");
        builder.HasIndex(m => new { m.State, m.NextAt });
        builder.HasIndex(m => new { m.ChannelId, m.State });
        builder.HasOne(m => m.Channel).WithMany().HasForeignKey(m => m.ChannelId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(m => m.Notification).WithMany().HasForeignKey(m => m.NotificationId).OnDelete(DeleteBehavior.Cascade);
    }
}
